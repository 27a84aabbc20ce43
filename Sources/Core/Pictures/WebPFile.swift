/// WebP (RFC 9649): chunks of a name, a length and bytes within one RIFF chunk.
enum WebPFile {
    private static let headerCount = 12

    static func isOne(_ file: [UInt8]) -> Bool {
        file.starts(with: Array("RIFF".utf8)) && file.dropFirst(8).starts(with: Array("WEBP".utf8))
    }

    /// What a file in the extended layout says of itself.
    private enum Flag {
        static let animation: UInt8 = 0x02
        static let alpha: UInt8 = 0x10
        static let profile: UInt8 = 0x20
    }

    /// The same picture without Exif, XMP and unknown chunks; whatever stands behind its end is gone.
    static func cleaned(_ file: [UInt8]) throws(PictureFault) -> [UInt8] {
        var header = FileBytes(file.dropFirst(4).prefix(4))
        let length = try header.littleNumber(4)
        guard length <= file.count - 8 else { throw .damaged }
        var reader = FileBytes(file.prefix(8 + length).dropFirst(headerCount))
        var chunks: [Chunk] = []
        while !reader.isAtEnd { chunks.append(try Chunk(&reader)) }
        guard let first = chunks.first else { throw .damaged }
        let body = first.name == "VP8X" ? try extended(chunks) : try simple(first)
        return Array("RIFF".utf8) + (body.count + 4).littleBytes(4) + Array("WEBP".utf8) + body
    }

    private static func simple(_ chunk: Chunk) throws(PictureFault) -> [UInt8] {
        guard let size = try chunk.size() else { throw .damaged }
        try Picture.check(width: size.width, height: size.height)
        return chunk.whole
    }

    private static func extended(_ chunks: [Chunk]) throws(PictureFault) -> [UInt8] {
        let (head, rest) = (chunks[0].bytes, chunks.dropFirst())
        var reader = FileBytes(head)
        let flags = try reader.byte()
        _ = try reader.take(3)
        let (width, height) = (try reader.littleNumber(3) + 1, try reader.littleNumber(3) + 1)
        guard flags & Flag.animation == 0, !rest.contains(where: { $0.name == "ANIM" || $0.name == "ANMF" }) else {
            throw .moving
        }
        try Picture.check(width: width, height: height)
        let images = rest.filter { $0.name == "VP8 " || $0.name == "VP8L" }
        guard let image = images.first, images.count == 1, let size = try image.size(), size == (width, height) else {
            throw .damaged
        }
        let profile = rest.first { $0.name == "ICCP" }
        let alpha = image.name == "VP8 " ? rest.first { $0.name == "ALPH" } : nil
        let kept = flags & Flag.alpha | (profile == nil ? 0 : Flag.profile)
        let canvas: [UInt8] = [kept, 0, 0, 0] + (width - 1).littleBytes(3) + (height - 1).littleBytes(3)
        return Chunk(name: "VP8X", bytes: canvas[...]).whole
            + [profile, alpha, image].compactMap { $0 }.flatMap(\.whole)
    }

    private struct Chunk {
        let name: String
        let bytes: ArraySlice<UInt8>

        init(name: String, bytes: ArraySlice<UInt8>) {
            (self.name, self.bytes) = (name, bytes)
        }

        init(_ reader: inout FileBytes) throws(PictureFault) {
            name = String(decoding: try reader.take(4), as: UTF8.self)
            bytes = try reader.take(try reader.littleNumber(4))
            if bytes.count % 2 == 1 { _ = try reader.byte() }
        }

        var whole: [UInt8] {
            Array(name.utf8) + bytes.count.littleBytes(4) + bytes + (bytes.count % 2 == 1 ? [0] : [])
        }

        /// Of the picture in it, `nil` when it holds none.
        func size() throws(PictureFault) -> (width: Int, height: Int)? {
            var reader = FileBytes(bytes)
            switch name {
            case "VP8 ":
                let isKeyFrame = try reader.take(3).first.map { $0 & 1 == 0 } ?? false
                guard isKeyFrame, try reader.take(3).elementsEqual([0x9D, 0x01, 0x2A]) else { throw .damaged }
                // The two bits above are how far it is to be enlarged.
                return (try reader.littleNumber(2) & 0x3FFF, try reader.littleNumber(2) & 0x3FFF)
            case "VP8L":
                guard try reader.byte() == 0x2F else { throw .damaged }
                let bits = try reader.littleNumber(4)
                guard bits >> 29 == 0 else { throw .damaged }  // The version.
                return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
            default: return nil
            }
        }
    }
}
