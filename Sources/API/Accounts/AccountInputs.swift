import Core
import Foundation

extension InputKind where Value == String {
    /// Exactly as it was typed. `length` is only described: whoever makes a value of it checks it.
    static func secret(_ length: ClosedRange<Int>) -> InputKind {
        InputKind(
            schema: { .text(length) }, example: { ("correct horse battery", .text("correct horse battery")) },
            read: { raw throws(Misfit) in
                var text = try raw.single()
                if case .json(.text(let value)) = raw { text = value }
                guard let text else { throw Misfit("must be text") }
                guard !text.isEmpty else { throw Misfit("must not be empty") }
                return text
            })
    }

    /// The text of an address, which `EmailAddress` checks.
    static var emailText: InputKind {
        let part = "[^@\(CharacterClass.invisible)]+"
        return .text(1...254).like(.text("mara@example.com")).matching("\(part)@\(part)")
    }

    /// The text of a name, which `PersonName` checks.
    static var personText: InputKind {
        .text(0...100).like(.text("Mara K")).matching("[^\(CharacterClass.unfitForNames)]*")
    }

    /// What is behind a mail's link.
    static var linkToken: InputKind {
        .text(43...43).like(.text(String(repeating: "A", count: 43)))
            .described("pattern", .text("^[^\\u0000\(CharacterClass.space)]{43}$"))
    }
}

extension InputReader {
    /// One that is chosen now: 10 to 256 characters.
    mutating func newPassword(_ name: String = "password") -> Password? {
        let kind = InputKind.secret(Password.length).reading { text throws(ValidationError) in
            try Password(text, field: name)
        }
        return required(name, kind, "10 to 256 characters, taken as they are.")
    }

    /// One that exists; `nil` when it was not given. One that cannot be right is empty.
    mutating func currentPassword(_ about: String, _ name: String = "current_password") -> Password? {
        optional(name, .secret(1...256), about).map { Password(existing: $0) }
    }

    mutating func email() -> EmailAddress? {
        let kind = InputKind.emailText.reading { text throws(ValidationError) in try EmailAddress(text) }
        return required("email", kind, "An address such as name@example.com.")
    }
}

extension InputKind where Value: Sendable {
    /// A value made from this one; the example in the document stays, and stands for no value.
    func reading<Made: Sendable>(
        _ make: @escaping @Sendable (Value) throws(ValidationError) -> Made
    ) -> InputKind<Made?> {
        let own = example
        return InputKind<Made?>(schema: schema, example: { (nil, own().json) }) { [read] raw throws(Misfit) in
            let value = try read(raw)
            do throws(ValidationError) {
                return try make(value)
            } catch {
                throw Misfit(error.rule)
            }
        }
    }
}

struct EmailInput: Input {
    let email: EmailAddress?

    init(_ reader: inout InputReader) {
        email = reader.email()
    }
}

struct EmailChangeInput: Input {
    let email: EmailAddress?
    let current: Password?

    init(_ reader: inout InputReader) {
        email = reader.email()
        current = reader.currentPassword("Needed where the account has one.")
    }
}

struct PasswordChangeInput: Input {
    let password: Password?
    let current: Password?

    init(_ reader: inout InputReader) {
        current = reader.currentPassword("Needed where the account has one.")
        password = reader.newPassword()
    }
}

struct ProfileInput: Input {
    let name: Edited<PersonName?>
    let timeZone: String?

    init(_ reader: inout InputReader) {
        let person = InputKind.personText
            .reading { text throws(ValidationError) in try PersonName(text) }
        name = reader.edited("name", person, "What people call you; null for none.")
        let zone = InputKind.text(1...64).like(.text("Europe/Berlin")).checked(like: "UTC", TimeZoneName.validated)
            .matching(TimeZoneName.pattern)
        timeZone = reader.optional("time_zone", zone, "A name of the IANA database.")
    }
}

struct DeletionInput: Input {
    let current: Password?

    init(_ reader: inout InputReader) {
        current = reader.currentPassword("Not needed within ten minutes of signing in.")
    }
}

struct ResetInput: Input {
    let token: String
    let password: Password?

    init(_ reader: inout InputReader) {
        token = reader.required("token", .linkToken, "The last part of the mail's link.")
        password = reader.newPassword()
    }
}

struct ConfirmInput: Input {
    let token: String
    let password: Password?

    init(_ reader: inout InputReader) {
        token = reader.required("token", .linkToken, "The last part of the mail's link.")
        password = reader.currentPassword("For a new account: the one that was chosen for it.", "password")
    }
}

/// Names of the IANA time zone database.
enum TimeZoneName {
    private static let known = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC"])

    /// Of all of them. No `enum`: programs try or show each value of one, and there are hundreds.
    static var pattern: String {
        "(" + known.sorted().map { $0.replacing("+", with: "\\+") }.joined(separator: "|") + ")"
    }

    static func validated(_ text: String) throws(ValidationError) -> String {
        guard known.contains(text) else {
            throw ValidationError(field: "time_zone", rule: "must be a time zone such as Europe/Berlin")
        }
        return text
    }
}
