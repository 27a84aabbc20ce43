/// JPEG (ITU-T T.81): segments of a marker, a length and bytes, and coded pixels behind each start of a scan.
enum JPEGFile {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    private enum Marker {
        static let tables: Set<UInt8> = [0xC4, 0xDB, 0xDD]
        /// Baseline, extended and progressive; others are coded as no browser reads them.
        static let frames: Set<UInt8> = [0xC0, 0xC1, 0xC2]
        static let otherFrames: Set<UInt8> = [0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF]
        static let applications: ClosedRange<UInt8> = 0xE0...0xEF
        static let comment: UInt8 = 0xFE
        static let scan: UInt8 = 0xDA
        static let end: UInt8 = 0xD9
    }

    /// The same picture without comments and without what applications keep in it, but for its colours and the way up
    /// that it is to be shown; whatever stands behind its end is gone.
    static func cleaned(_ file: [UInt8]) throws(PictureFault) -> [UInt8] {
        var reader = FileBytes(file.dropFirst(2))
        var result = Array(file.prefix(2))
        var (hasFrame, hasScan) = (false, false)
        while true {
            let marker = try marker(&reader)
            if marker == Marker.end { break }
            guard !Marker.otherFrames.contains(marker) else { throw .unusual }
            let bytes = try segment(&reader)
            switch marker {
            case Marker.tables: result += whole(marker, bytes)
            case Marker.frames:
                guard !hasFrame else { throw .damaged }
                try checkFrame(bytes)
                hasFrame = true
                result += whole(marker, bytes)
            case Marker.scan:
                guard hasFrame else { throw .damaged }
                hasScan = true
                result += whole(marker, bytes) + (try pixels(&reader))
            case Marker.applications: result += kept(marker, bytes, isFirst: result.count == 2)
            case Marker.comment: break
            default: throw .damaged
            }
        }
        guard hasScan else { throw .damaged }
        return result + [0xFF, Marker.end]
    }

    private static func marker(_ reader: inout FileBytes) throws(PictureFault) -> UInt8 {
        guard try reader.byte() == 0xFF else { throw .damaged }
        var code = try reader.byte()
        while code == 0xFF { code = try reader.byte() }
        return code
    }

    /// What stands behind its length, which counts itself.
    private static func segment(_ reader: inout FileBytes) throws(PictureFault) -> ArraySlice<UInt8> {
        try reader.take(try reader.number(2) - 2)
    }

    private static func whole(_ marker: UInt8, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        [0xFF, marker] + (bytes.count + 2).bytes(2) + bytes
    }

    private static func checkFrame(_ frame: ArraySlice<UInt8>) throws(PictureFault) {
        var reader = FileBytes(frame)
        let depth = try reader.byte()
        let (height, width) = (try reader.number(2), try reader.number(2))
        let colours = try reader.number(1)
        guard depth == 8 else { throw .unusual }
        guard [1, 3, 4].contains(colours), frame.count == 6 + 3 * colours else { throw .damaged }
        try Picture.check(width: width, height: height)
    }

    /// Up to the next marker; a zero behind 0xFF makes it a value, and restarts belong to the pixels.
    private static func pixels(_ reader: inout FileBytes) throws(PictureFault) -> ArraySlice<UInt8> {
        let rest = reader.rest
        var index = rest.startIndex
        while index + 1 < rest.endIndex {
            let next = rest[index + 1]
            let isMarker = rest[index] == 0xFF && next != 0 && next != 0xFF && !(0xD0...0xD7).contains(next)
            if isMarker { return try reader.take(index - rest.startIndex) }
            index += 1
        }
        throw .damaged
    }

    // MARK: What applications keep in it

    private static func kept(_ marker: UInt8, _ bytes: ArraySlice<UInt8>, isFirst: Bool) -> [UInt8] {
        switch marker {
        case 0xE0 where bytes.starts(with: Array("JFIF\0".utf8)) && bytes.count >= 14 && isFirst:
            whole(marker, bytes.prefix(12) + [0, 0])  // Without its thumbnail.
        case 0xE1 where bytes.starts(with: Array("Exif\0\0".utf8)):
            orientation(bytes.dropFirst(6)).map { whole(marker, exif(turned: $0)[...]) } ?? []
        case 0xE2 where bytes.starts(with: Array("ICC_PROFILE\0".utf8)): whole(marker, bytes)
        // How four colours, or three, are meant.
        case 0xEE where bytes.starts(with: Array("Adobe".utf8)) && bytes.count == 12: whole(marker, bytes)
        default: []
        }
    }

    /// Which way up the camera was held (Exif 2.32, 4.6.4): 2 to 8; `nil` when upright or not said.
    private static func orientation(_ tiff: ArraySlice<UInt8>) -> Int? {
        let isLittle = tiff.starts(with: Array("II".utf8))
        func number(_ offset: Int, _ width: Int) -> Int? {
            guard offset >= 0, offset <= tiff.count - width else { return nil }
            let bytes = tiff.dropFirst(offset).prefix(width)
            return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard isLittle || tiff.starts(with: Array("MM".utf8)), number(2, 2) == 42, let directory = number(4, 4),
            let count = number(directory, 2)
        else { return nil }
        let entries = (0..<count).lazy.map { directory + 2 + 12 * $0 }
        guard let entry = entries.first(where: { number($0, 2) == 0x0112 }), number(entry + 2, 2) == 3,
            let value = number(entry + 8, 2), (2...8).contains(value)
        else { return nil }
        return value
    }

    /// Exif that says nothing else.
    private static func exif(turned orientation: Int) -> [UInt8] {
        Array("Exif\0\0MM".utf8) + 42.bytes(2) + 8.bytes(4) + 1.bytes(2) + 0x0112.bytes(2) + 3.bytes(2) + 1.bytes(4)
            + orientation.bytes(2) + 0.bytes(2) + 0.bytes(4)
    }
}

extension Set<UInt8> {
    fileprivate static func ~= (set: Self, byte: UInt8) -> Bool { set.contains(byte) }
}
