import Core

/// The head of a file in a tar archive: 512 bytes of the POSIX format ustar, so that `tar tf` and `tar xf` read it too.
struct TarEntry: Equatable {
    static let blockSize = 512

    /// Up to 100 bytes of ASCII.
    let name: String
    let size: Int64

    init(name: String, size: Int64) {
        (self.name, self.size) = (name, size)
    }

    /// Bytes after the file that fill its last block.
    var padding: Int { Int((512 - size % 512) % 512) }

    func encoded(at now: Instant) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: String, at place: Int) {
            for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
        }
        put(name, at: 0)
        put("0000600\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        block.replaceSubrange(124..<136, with: Self.number(size))
        put(Self.octal(now.milliseconds / 1000, digits: 11) + "\0", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put(Self.octal(Self.checksum(of: block), digits: 6) + "\0 ", at: 148)
        return block
    }

    /// Reads a head; `nil` when it is none, or damaged.
    init?(_ block: [UInt8]) {
        guard block.count == Self.blockSize, block[257..<262].elementsEqual("ustar".utf8), block[156] == 0x30 else {
            return nil
        }
        var blank = block
        blank.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
        guard Self.octal(block[148..<156]) == Self.checksum(of: blank), let size = Self.number(block[124..<136]) else {
            return nil
        }
        name = String(decoding: block[0..<100].prefix { $0 != 0 }, as: UTF8.self)
        self.size = size
    }

    private static func checksum(of block: [UInt8]) -> Int64 { block.reduce(0) { $0 + Int64($1) } }

    private static func octal(_ number: Int64, digits: Int) -> String {
        let text = String(max(0, number), radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        return digits.isEmpty ? nil : Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// Octal up to 8 GiB; above, the binary form of GNU tar.
    private static func number(_ size: Int64) -> [UInt8] {
        if size < 1 << 33 { return Array((octal(size, digits: 11) + "\0").utf8) }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: size >> Int64(56 - 8 * $0)) }
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        guard field.first == 0x80 else { return octal(field) }
        let number = field.dropFirst(4).reduce(Int64(0)) { $0 << 8 | Int64($1) }
        return number >= 0 ? number : nil
    }
}
