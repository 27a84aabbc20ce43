import Core

/// What `serve` prints so that whoever reads its terminal may make the first account from another machine.
package enum SetupCode {
    /// 60 random bits in letters and digits that cannot be mistaken for each other: `XXXX-XXXX-XXXX`.
    package static func random() -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        var source = SystemRandomNumberGenerator()
        let groups = (0..<3).map { _ in String((0..<4).map { _ in letters.randomElement(using: &source) ?? "A" }) }
        return groups.joined(separator: "-")
    }

    /// How long one may be as it was typed.
    static let length = 0...20

    static func checked(_ typed: String) throws(ValidationError) {
        guard length.contains(typed.unicodeScalars.count), !typed.utf8.contains(0) else {
            throw ValidationError(field: "code", rule: "must be at most \(length.upperBound) characters long")
        }
    }

    /// Compares in constant time; spaces around it and small letters do not matter.
    static func matches(_ typed: String?, _ code: String?) -> Bool {
        guard let typed, let code else { return false }
        let letters = typed.uppercased().filter { $0 != " " }
        return ConstantTime.equal(Array(letters.utf8), Array(code.utf8))
    }
}
