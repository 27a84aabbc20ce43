/// PNG (ISO/IEC 15948, W3C PNG third edition): a signature and chunks of length, type, bytes and CRC.
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// What pixels and their colours are made of. Text, time, Exif, unknown chunks and the other frames of a moving
    /// picture are left out: its first frame is a picture of its own.
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP",
    ]

    /// The same picture from what is kept; whatever stands behind its end is gone.
    static func cleaned(_ file: [UInt8]) throws(PictureFault) -> [UInt8] {
        var reader = FileBytes(file.dropFirst(signature.count))
        var (result, seen): ([UInt8], Set<String>) = (signature, [])
        while !seen.contains("IEND") {
            let chunk = try Chunk(&reader)
            guard seen.isEmpty == (chunk.type == "IHDR") else { throw .damaged }
            if chunk.type == "IHDR" { try checkHeader(chunk.bytes) }
            // A decoder must not go on past a critical chunk that it does not know.
            guard kept.contains(chunk.type) || !chunk.isCritical else { throw .damaged }
            if kept.contains(chunk.type) { result += chunk.whole }
            seen.insert(chunk.type)
        }
        guard seen.contains("IDAT") else { throw .damaged }
        return result
    }

    private static func checkHeader(_ header: ArraySlice<UInt8>) throws(PictureFault) {
        guard header.count == 13 else { throw .damaged }
        var reader = FileBytes(header)
        let (width, height) = (try reader.number(4), try reader.number(4))
        let (depth, colour) = (try reader.number(1), try reader.number(1))
        let methods = try reader.take(3)
        let depths: [Int: Set<Int>] = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
        guard depths[colour]?.contains(depth) == true,
            methods.elementsEqual([0, 0, 0]) || methods.elementsEqual([0, 0, 1])
        else { throw .damaged }
        try Picture.check(width: width, height: height)
    }

    private struct Chunk {
        let type: String
        let bytes: ArraySlice<UInt8>
        /// As it stands in the file, length and CRC included.
        let whole: ArraySlice<UInt8>

        init(_ reader: inout FileBytes) throws(PictureFault) {
            let start = reader.rest
            let length = try reader.number(4)
            let name = try reader.take(4)
            let isName = name.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            guard isName, length <= Picture.byteLimit else { throw .damaged }
            bytes = try reader.take(length)
            type = String(decoding: name, as: UTF8.self)
            guard try reader.number(4) == CRC32.of(start.dropFirst(4).prefix(4 + length)) else { throw .damaged }
            whole = start.prefix(12 + length)
        }

        /// By the case of its first letter.
        var isCritical: Bool { type.utf8.first.map { $0 < 0x61 } ?? true }
    }
}

/// The checksum of PNG's chunks (ISO 3309).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { (byte: UInt32) in
        (0..<8).reduce(byte) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    static func of(_ bytes: ArraySlice<UInt8>) -> Int {
        let table = table
        return Int(~bytes.reduce(~0 as UInt32) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) })
    }
}
