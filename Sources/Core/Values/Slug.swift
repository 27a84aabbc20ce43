/// The part of an address that names a page: 1–64 lower-case letters, digits and hyphens, no hyphen at either end.
package enum Slug {
    package static let rule = "must be 1–64 lower-case letters, digits and hyphens, with no hyphen at either end"

    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen }
    }

    private static let hyphen = UInt8(ascii: "-")
}
