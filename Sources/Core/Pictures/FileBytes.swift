/// Reads a file's bytes in order; what goes beyond its end is a fault, never a crash.
struct FileBytes {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        (self.bytes, position) = (bytes, bytes.startIndex)
    }

    init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    var isAtEnd: Bool { position == bytes.endIndex }
    var rest: ArraySlice<UInt8> { bytes[position...] }

    mutating func take(_ count: Int) throws(PictureFault) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.endIndex - position else { throw .damaged }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(PictureFault) -> UInt8 {
        guard position < bytes.endIndex else { throw .damaged }
        defer { position += 1 }
        return bytes[position]
    }

    /// The most significant byte comes first.
    mutating func number(_ width: Int) throws(PictureFault) -> Int {
        try take(width).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The least significant byte comes first.
    mutating func littleNumber(_ width: Int) throws(PictureFault) -> Int {
        try take(width).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

extension Int {
    /// So many bytes, the most significant first.
    func bytes(_ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: self >> (8 * (width - 1 - $0))) }
    }

    /// So many bytes, the least significant first.
    func littleBytes(_ width: Int) -> [UInt8] { bytes(width).reversed() }
}
