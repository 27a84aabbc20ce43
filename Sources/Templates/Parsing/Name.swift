/// The spelling of names in tags.
enum Name {
    /// A field as a type lists it: letters, digits, `_` and `-`, not beginning with a digit; or `.` alone.
    static func isField(_ name: String) -> Bool {
        name == "." || isWord(name[...])
    }

    /// What may stand in a value or section tag: `.`, a field, or fields joined by dots.
    static func isReference(_ name: String) -> Bool {
        name == "." || name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isWord)
    }

    static func isBlock(_ name: String) -> Bool {
        isWord(name[...])
    }

    /// A template's path below the folder, without `.mustache`: `partials/card`, `feeds/watchlist.xml`.
    static func isPath(_ name: String) -> Bool {
        name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            part != ".." && part != "." && !part.isEmpty
                && part.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: ".") }
        }
    }

    private static func isWord(_ word: Substring) -> Bool {
        guard let first = word.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return first != UInt8(ascii: "-") && word.utf8.allSatisfy(isWordByte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
