import Core

/// Where each form goes and what it asks for.
extension AccountForm {
    var address: APIRoute {
        switch self {
        case .requestReset: .reset
        case .newPassword: .confirmReset
        case .confirmSignUp, .confirmEmail: .confirm
        case .password: .password
        case .email: .email
        case .profile: .profile
        case .picture: .picture
        case .deletion: .deleteUser
        case .token: .tokens
        }
    }

    var hidden: [NamedValue] {
        switch self {
        case .newPassword(let token), .confirmSignUp(let token, _), .confirmEmail(let token, _):
            [NamedValue("token", token)]
        default: []
        }
    }

    var inputs: [FormField] {
        switch self {
        case .requestReset(let email): [Self.email(email, autocomplete: "username")]
        case .newPassword: [Self.newPassword]
        case .confirmSignUp: [Self.password("password", "Password")]
        case .confirmEmail: []
        case .password(let hasOne): Self.current(hasOne) + [Self.newPassword]
        case .email(let email, let hasPassword): [Self.email(email, autocomplete: "email")] + Self.current(hasPassword)
        case .profile(let name, let timeZone): Self.profile(name, timeZone)
        case .picture: [Self.picture]
        case .deletion(let hasPassword): Self.current(hasPassword)
        case .token(let name, _): [FormField(name: "name", label: "Name", value: name, autocomplete: "off")]
        }
    }

    /// Whether it sends a file, which takes another encoding.
    var sendsFile: Bool { self == .picture }

    var choices: [AccountFormPage.Choice] {
        guard case .token(_, let scopes) = self else { return [] }
        return TokenScope.allCases.map {
            AccountFormPage.Choice(
                name: "scopes", value: $0.rawValue, ability: $0.ability, isChosen: scopes.contains($0.rawValue))
        }
    }

    private static let newPassword = FormField(
        name: "password", label: "New password", type: "password", autocomplete: "new-password",
        hint: "A sentence only you would think of is better than a word with digits.")

    private static let picture = FormField(
        name: "picture", label: "File", type: "file", autocomplete: "off", hint: Picture.rule + ".",
        accept: Picture.Format.allCases.map(\.rawValue).joined(separator: ","))

    private static func email(_ value: String, autocomplete: String) -> FormField {
        FormField(name: "email", label: "E-mail", type: "email", value: value, autocomplete: autocomplete)
    }

    private static func password(_ name: String, _ label: String) -> FormField {
        FormField(name: name, label: label, type: "password", autocomplete: "current-password")
    }

    private static func current(_ hasOne: Bool) -> [FormField] {
        hasOne ? [password("current_password", "Current password")] : []
    }

    private static func profile(_ name: String, _ timeZone: String) -> [FormField] {
        [
            FormField(name: "name", label: "Name", value: name, autocomplete: "name", isRequired: false),
            FormField(
                name: "time_zone", label: "Time zone", value: timeZone, autocomplete: "off",
                hint: "As in Europe/Berlin or America/New_York."),
        ]
    }
}
