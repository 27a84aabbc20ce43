import Core
import TestSupport
import Testing

/// What a picture's file may be, and what is left of it.
@Suite("Pictures")
struct PictureTests {
    private typealias Sample = SamplePicture

    private func cleaned(_ file: [UInt8]) throws -> [UInt8] { try Picture(file: file).bytes }

    private func rule(_ file: [UInt8]) -> String? {
        do {
            _ = try Picture(file: file)
            return nil
        } catch {
            #expect(error.field == "picture")
            return error.rule
        }
    }

    @Test(
        "as programs write them are known by their bytes, keep their pixels and are as they are once cleaned",
        arguments: [
            (Sample.png, .png), (Sample.jpeg, .jpeg), (Sample.webp, .webp), (Sample.losslessWebP, .webp),
        ] as [([UInt8], Picture.Format)])
    func real(_ file: [UInt8], _ format: Picture.Format) throws {
        let picture = try Picture(file: file)
        #expect(picture.format == format && !picture.bytes.holds("olga"))
        #expect(try Picture(file: picture.bytes) == picture)
        #expect(format == .webp ? picture.bytes == file : picture.bytes.count < file.count)
    }

    @Test("of PNG lose text, time, Exif, unknown chunks, the frames of moving ones and what stands behind their end")
    func png() throws {
        let told = ["tEXt", "zTXt", "iTXt", "tIME", "eXIf", "acTL", "fcTL", "fdAT", "prVt"]
        let extra = told.flatMap { Sample.chunk($0, Array("olga 52.5N".utf8)) } + Sample.chunk("gAMA", [0, 0, 1, 2])
        let file = Sample.png(width: 2048, height: 2048, extra: extra) + Array("PK\u{3}\u{4}<script>".utf8)
        let clean = try cleaned(file)
        #expect(clean == Sample.png(width: 2048, height: 2048, extra: Sample.chunk("gAMA", [0, 0, 1, 2])))
    }

    @Test("of JPEG lose comments, thumbnails and places, and stay turned as they are", arguments: [true, false])
    func jpeg(isLittle: Bool) throws {
        let profile = Sample.segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 7])
        let adobe = Sample.segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])
        let preview = Sample.segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 1, 1] + Array("olg".utf8))
        let exif = Sample.segment(0xE1, Sample.exif(orientation: 6, isLittle: isLittle))
        let others = [0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE].flatMap { Sample.segment($0, Array("olga at home".utf8)) }
        let file = Sample.jpeg(width: 9, height: 7, segments: preview + exif + others + profile + adobe)

        let clean = try cleaned(file + Array("<html>olga".utf8))

        let turned = Sample.segment(
            0xE1,
            Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])
        let plain = Sample.segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
        #expect(clean == Sample.jpeg(width: 9, height: 7, segments: plain + turned + profile + adobe))
        #expect(try cleaned(clean) == clean)
    }

    @Test("of WebP lose Exif, XMP and unknown chunks, and say so; their colours and their transparency stay")
    func webp() throws {
        let (profile, alpha) = (Sample.webpChunk("ICCP", [1, 2, 3]), Sample.webpChunk("ALPH", [4]))
        let told = ["EXIF", "XMP ", "olga"].flatMap { Sample.webpChunk($0, Array("olga 52.5N".utf8)) }
        let file = Sample.extended(flags: 0x3C, before: profile + alpha, behind: told)
        #expect(try cleaned(file + Array("%PDF olga".utf8)) == Sample.extended(flags: 0x30, before: profile + alpha))
        #expect(try cleaned(Sample.riff(Array(Sample.webp.dropFirst(12)) + told)) == Sample.webp)
    }

    @Test(
        "are refused by their rule",
        arguments: [
            ([], "is missing"),
            (Sample.png + [UInt8](repeating: 0, count: Picture.byteLimit), "must be at most 256 KiB"),
            (Array("GIF89a".utf8), "must be a PNG, JPEG or WebP picture"),
            (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "must be a PNG, JPEG or WebP picture"),
            (Array("<html>".utf8) + Sample.png, "must be a PNG, JPEG or WebP picture"),
            (Sample.png(width: 2049, height: 1), "must be at most 2,048 pixels wide and high"),
            (Sample.png(width: 1, height: Int(UInt32.max)), "must be at most 2,048 pixels wide and high"),
            (Sample.jpeg(width: 65_535, height: 65_535), "must be at most 2,048 pixels wide and high"),
            (Sample.extended(flags: 0, width: 1 << 24, height: 4), "must be at most 2,048 pixels wide and high"),
            (Sample.extended(flags: 0x02), "must be a still picture, not a moving one"),
            (
                Sample.extended(flags: 0, behind: Sample.webpChunk("ANMF", [])),
                "must be a still picture, not a moving one"
            ),
            (
                Sample.jpeg(width: 9, height: 9, frame: 0xC9),
                "must be a JPEG picture that browsers show: baseline or progressive, with 8 bits a colour"
            ),
            (
                Sample.jpeg(width: 9, height: 9, frame: 0xC1, depth: 12),
                "must be a JPEG picture that browsers show: baseline or progressive, with 8 bits a colour"
            ),
        ] as [([UInt8], String)])
    func refused(_ file: [UInt8], _ expected: String) {
        #expect(rule(file) == expected)
    }

    private static let lies: [[UInt8]] = [
        Sample.png(width: 0, height: 4), Sample.png(width: 4, height: 4, colour: 5),
        Array(Sample.png.prefix(8)) + Sample.chunk("IDAT", [1]) + Sample.chunk("IEND", []),
        Array(Sample.png.prefix(8)) + Sample.chunk("IHDR", [0, 0, 0, 4]),
        Array(Sample.png.prefix(8)) + Sample.big(Int(UInt32.max), 4) + Array("IHDR".utf8),
        Sample.png(width: 4, height: 4, extra: Sample.chunk("IHDR", SamplePicture.big(4, 13))),
        Sample.png(width: 4, height: 4, extra: Sample.chunk("CgBI", [1])),
        Sample.jpeg(width: 0, height: 4), Sample.jpeg(width: 4, height: 0),
        Sample.jpeg(width: 4, height: 4, segments: [0xFF, 0xE1, 0, 1]),
        Sample.jpeg(width: 4, height: 4, segments: [0xFF, 0xE1, 0xFF, 0xFF]),
        Sample.jpeg(width: 4, height: 4, segments: Array(Sample.jpeg(width: 4, height: 4).dropFirst(2).dropLast(2))),
        [0xFF, 0xD8, 0xFF, 0xD9], Sample.extended(flags: 0, width: 7), Sample.riff([]),
        Sample.riff(Sample.webpChunk("VP8 ", [0, 0, 0, 1, 2, 3, 6, 0, 4, 0])),
        Sample.riff(Sample.webpChunk("VP8L", [0x2F, 0, 0, 0, 0xE0])),
        Sample.extended(flags: 0, behind: Array(Sample.webp.dropFirst(12))),
        Array("RIFF".utf8) + Sample.little(Int(UInt32.max), 4) + Sample.webp.dropFirst(8),
    ]

    @Test("that lie about their sizes or parts are refused", arguments: lies)
    func lying(_ file: [UInt8]) {
        #expect(rule(file) == "must be a whole picture; this file is damaged or cut off")
    }

    @Test(
        "cut off anywhere are refused", arguments: [Sample.png, Sample.jpeg, Sample.webp, Sample.losslessWebP])
    func cut(_ file: [UInt8]) {
        for count in 1..<file.count { #expect(rule(Array(file.prefix(count))) != nil, "\(count) of \(file.count)") }
    }

    @Test("of random bytes, and with random bytes in them, crash nothing, and what passes passes again as it is")
    func random() throws {
        var generator = SeededGenerator(seed: .random(in: 0 ... .max))
        let turned = Sample.jpeg(
            width: 9, height: 9, segments: Sample.segment(0xE1, Sample.exif(orientation: 3, isLittle: true)))
        let whole = Sample.extended(flags: 0x3C, before: Sample.webpChunk("ICCP", [1]))
        let files = [Sample.png, Sample.jpeg, Sample.webp, Sample.losslessWebP, turned, whole]
        for number in 0..<3000 {
            var file = files[number % files.count]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                file[Int.random(in: 3..<file.count, using: &generator)] = .random(in: 0 ... .max, using: &generator)
            }
            guard let picture = try? Picture(file: file) else { continue }
            #expect(try Picture(file: picture.bytes) == picture, "seed \(generator.seed), file \(number)")
        }
        for _ in 0..<300 {
            let noise = (0..<64).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
            for head in [Sample.png.prefix(8), Sample.jpeg.prefix(3), Sample.webp.prefix(12)] {
                #expect(rule(head + noise) != nil, "seed \(generator.seed)")
            }
        }
    }

    @Test("have names of 32 digits of their digest, and nothing else is one")
    func names() {
        let name = PictureDigest(sha256: [UInt8](0..<32))
        #expect(name.text == "000102030405060708090a0b0c0d0e0f" && PictureDigest(name.text) == name)
        for text in ["", "..", name.text.uppercased(), name.text + "0", String(repeating: "é", count: 16)] {
            #expect(PictureDigest(text) == nil)
        }
    }
}

extension [UInt8] {
    fileprivate func holds(_ text: String) -> Bool { !ranges(of: Array(text.utf8)).isEmpty }
}
