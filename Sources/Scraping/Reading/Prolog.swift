/// What stands before the first element of an XML document, in any encoding whose letters are those of ASCII, with or
/// without zero bytes between them.
enum Prolog {
    /// The line of the first entity definition, `nil` when there is none.
    static func lineOfEntity(in bytes: [UInt8]) -> Int? {
        var (line, isComment) = (1, false)
        var recent: [UInt8] = []
        for byte in bytes where byte != 0 {
            if byte == 0x0A { line += 1 }
            recent.append(byte)
            if recent.count > 8 { recent.removeFirst() }
            if isComment {
                isComment = !recent.hasSuffix("-->")
            } else if recent.hasSuffix("<!--") {
                isComment = true
            } else if recent.hasSuffix("<!ENTITY") {
                return line
            } else if recent.dropLast().last == UInt8(ascii: "<"), byte.beginsName {
                return nil
            }
        }
        return nil
    }
}

extension UInt8 {
    /// Anything but the marks that follow `<` in a prolog.
    fileprivate var beginsName: Bool { self != UInt8(ascii: "!") && self != UInt8(ascii: "?") }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        suffix(text.utf8CodeUnitCount).elementsEqual(
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
