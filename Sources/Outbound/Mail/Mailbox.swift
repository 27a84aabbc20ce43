import Core

/// An address that mail can be sent to, in the letters that mail servers take, with an optional name.
package struct Mailbox: Sendable, Hashable {
    /// `local@domain`, ASCII; a domain of other letters is written as the name system knows it.
    package let address: String
    package let name: String?

    /// Takes `mara@example.com`. Throws for what no mail server could be given: spaces, brackets, quotes, and letters
    /// beyond ASCII before the @.
    package init(_ address: String, name: String? = nil, field: String = "email") throws(ValidationError) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isLocalPart(parts[0]), let domain = Self.domain(parts[1]) else {
            throw ValidationError(field: field, rule: "must be an address such as name@example.com")
        }
        (self.address, self.name) = ("\(parts[0])@\(domain)", name)
    }

    /// Takes `mara@example.com` and `Mara K <mara@example.com>`.
    package init(parsing text: String, field: String) throws(ValidationError) {
        let text = text[...].trimmingWhitespace
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            try self.init(text, field: field)
            return
        }
        var name = text[..<open].trimmingWhitespace
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { name = String(name.dropFirst().dropLast()) }
        let address = text[text.index(after: open)...].dropLast()
        try self.init(String(address), name: name.isEmpty ? nil : name, field: field)
    }

    var domain: Substring { address.split(separator: "@").last ?? "" }

    /// As it stands in a header.
    var header: String {
        name.map { "\(HeaderText.phrase($0)) <\(address)>" } ?? address
    }

    /// RFC 5322's dot-atom.
    private static func isLocalPart(_ text: Substring) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        let atoms = text.split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtomByte) }
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    private static func domain(_ text: Substring) -> String? {
        guard let host = ParsedAddress.ascii(host: String(text)), host.utf8.count <= 253 else { return nil }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy(isLabel) ? host : nil
    }

    private static func isLabel(_ text: Substring) -> Bool {
        guard (1...63).contains(text.utf8.count), text.first != "-", text.last != "-" else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
