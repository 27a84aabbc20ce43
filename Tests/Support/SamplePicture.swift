import Core
import Foundation

extension NamedPicture {
    /// One of `SamplePicture`, cleaned as a user's is, under a name made from its last bytes.
    package static func sample(_ file: [UInt8] = SamplePicture.png) throws -> NamedPicture {
        let picture = try Picture(file: file)
        return NamedPicture(picture, digest: PictureDigest(sha256: picture.bytes.suffix(16)))
    }
}

/// Files of pictures, 6 by 4 pixels, as ImageMagick 6.9 writes them, and what hostile or careless programs put into them.
package enum SamplePicture {
    /// With "olga at home" in a chunk of text.
    package static let png = file(
        """
        iVBORw0KGgoAAAANSUhEUgAAAAYAAAAEAQMAAACXytwAAAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAAdTAAAOpg\
        AAA6mAAAF3CculE8AAAABlBMVEX/AAD///9BHTQRAAAAAWJLR0QB/wIt3gAAAAd0SU1FB+oLGQkrLR20IdMAAAALSURBVAjXY2CAAAAACAAB\
        LyDdMQAAABR0RVh0Y29tbWVudABvbGdhIGF0IGhvbWV84tSpAAAAJXRFWHRkYXRlOmNyZWF0ZQAyMDI2LTExLTI1VDA5OjQzOjQ1KzAwOjAw\
        aIQpiQAAACV0RVh0ZGF0ZTptb2RpZnkAMjAyNi0xMS0yNVQwOTo0Mzo0NSswMDowMBnZkTUAAAAASUVORK5CYII=
        """)
    /// With "olga at home" in a comment.
    package static let jpeg = file(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD//gAOb2xnYSBhdCBob21l/9sAQwADAgICAgIDAgICAwMDAwQGBAQEBAQIBgYFBgkICgoJCAkJCgwPDAoL\
        DgsJCQ0RDQ4PEBAREAoMEhMSEBMPEBAQ/9sAQwEDAwMEAwQIBAQIEAsJCxAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ\
        EBAQEBAQEBAQEBAQ/8AAEQgABAAGAwERAAIRAQMRAf/EABQAAQAAAAAAAAAAAAAAAAAAAAj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEB\
        AQAAAAAAAAAAAAAAAAAABwn/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwA6AxVN/9k=
        """)
    package static let webp = file(
        """
        UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoGAAQAAgA0JaACdLoB+AADsAD+8MQL/yC5YXXI1/8gP+QH/ID/+PIAAAA=
        """)
    package static let losslessWebP = file(
        """
        UklGRhwAAABXRUJQVlA4TA8AAAAvBcAAAAcQ/Y/+ByKi/wEA
        """)

    private static func file(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map { [UInt8]($0) } ?? [] }

    // MARK: PNG

    package static func chunk(_ type: String, _ bytes: [UInt8]) -> [UInt8] {
        let named = Array(type.utf8) + bytes
        return big(bytes.count, 4) + named + big(Int(checksum(named)), 4)
    }

    /// Of this size by its header; its pixels are none.
    package static func png(width: Int, height: Int, colour: Int = 2, extra: [UInt8] = []) -> [UInt8] {
        let header = big(width, 4) + big(height, 4) + [8, UInt8(colour), 0, 0, 0]
        return Array(png.prefix(8)) + chunk("IHDR", header) + extra + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    }

    /// ISO 3309, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0 as UInt32) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    // MARK: JPEG

    package static func segment(_ marker: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [0xFF, marker] + big(bytes.count + 2, 2) + bytes
    }

    /// A frame of this size, one scan, and segments before it.
    package static func jpeg(
        width: Int, height: Int, frame: UInt8 = 0xC0, depth: UInt8 = 8, segments: [UInt8] = []
    ) -> [UInt8] {
        let size = [depth] + big(height, 2) + big(width, 2)
        let scan: [UInt8] = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]
        return [0xFF, 0xD8] + segments + segment(frame, size + [1, 1, 0x11, 0]) + scan + [0xFF, 0xD9]
    }

    /// Which way up, and where it was taken.
    package static func exif(orientation: UInt8, isLittle: Bool) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] { isLittle ? little(value, width) : big(value, width) }
        let turned = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + number(0, 2)
        let camera = number(0x0110, 2) + number(2, 2) + number(4, 4) + Array("Olga".utf8)
        let place = number(0x8825, 2) + number(4, 2) + number(1, 4) + number(50, 4)
        let head = Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4) + number(3, 2)
        return Array("Exif\0\0".utf8) + head + camera + turned + place + number(0, 4) + Array("52.5N 13.4E".utf8)
    }

    // MARK: WebP

    package static func riff(_ chunks: [UInt8], behind: [UInt8] = []) -> [UInt8] {
        Array("RIFF".utf8) + little(chunks.count + 4, 4) + Array("WEBP".utf8) + chunks + behind
    }

    package static func webpChunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(bytes.count, 4) + bytes + (bytes.count % 2 == 1 ? [0] : [])
    }

    /// The extended layout around the chunks of `webp`.
    package static func extended(
        flags: UInt8, width: Int = 6, height: Int = 4, before: [UInt8] = [], behind: [UInt8] = []
    ) -> [UInt8] {
        let canvas = [flags, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3)
        return riff(webpChunk("VP8X", canvas) + before + webp.dropFirst(12) + behind)
    }

    // MARK: Forms

    /// `multipart/form-data` with these parts as a browser writes it, and its type.
    package static func form(
        _ parts: [(name: String, bytes: [UInt8])], boundary: String = "----WebKitFormBoundaryx7"
    ) -> (type: String, bytes: [UInt8]) {
        let body = parts.flatMap { part in
            let file = part.name == "picture" ? "; filename=\"me; at home.png\"\r\nContent-Type: text/html" : ""
            let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n"
            return Array(head.utf8) + part.bytes + Array("\r\n".utf8)
        }
        return ("multipart/form-data; boundary=\(boundary)", body + Array("--\(boundary)--\r\n".utf8))
    }

    // MARK: Numbers

    package static func big(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    package static func little(_ value: Int, _ width: Int) -> [UInt8] { big(value, width).reversed() }
}
