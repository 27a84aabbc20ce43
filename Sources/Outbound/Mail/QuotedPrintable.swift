/// Text as lines of at most 76 ASCII characters (RFC 2045, 6.7).
enum QuotedPrintable {
    /// Any kind of line end in `text` becomes CRLF; a lone CR or LF is one.
    static func encode(_ text: String) -> [UInt8] {
        var lines: [[UInt8]] = []
        for line in normalized(text).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            lines += encode(line: line)
        }
        return Array(lines.joined(separator: [0x0D, 0x0A]))
    }

    private static func normalized(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r")) {
                bytes.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") {
                bytes.append(byte)
            }
            previous = byte
        }
        return bytes
    }

    /// One line, broken softly where it is too long.
    private static func encode(line: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        for (index, byte) in zip(line.indices, line) {
            let unit = isPlain(byte, isLast: index == line.endIndex - 1) ? [byte] : escape(byte)
            if lines[lines.count - 1].count + unit.count > 75 {
                lines[lines.count - 1].append(UInt8(ascii: "="))
                lines.append([])
            }
            lines[lines.count - 1] += unit
        }
        return lines
    }

    /// White space at a line's end would get lost on the way.
    private static func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
        if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { return !isLast }
        return (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
