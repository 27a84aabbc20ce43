import Core

/// What each form says.
extension AccountForm {
    var words: AccountFormPage.Words {
        switch self {
        case .requestReset:
            .init(
                title: "New password", intro: "We send a link to your address. Behind it you choose a new password.",
                button: "Send the link")
        case .newPassword:
            .init(
                title: "New password", intro: "It replaces the old one, and signs you out on every other device.",
                button: "Set the password")
        case .confirmSignUp(_, let email):
            .init(
                title: "Confirm your address",
                intro: "This makes the account for \(email). Enter the password you chose for it.",
                button: "Create account")
        case .confirmEmail(_, let email):
            .init(
                title: "Confirm your new address", intro: "From now on your account's address is \(email).",
                button: "Use this address")
        case .password(let hasOne):
            .init(
                title: "Change the password",
                intro: hasOne
                    ? "It signs you out on every other device."
                    : "You sign in elsewhere so far. With a password you can also sign in here.",
                button: "Change password")
        case .email:
            .init(title: "Change the address", intro: "It is what you sign in with.", button: "Change address")
        case .profile:
            .init(title: "Profile", intro: "Who you are, and when your day begins.", button: "Save")
        case .picture:
            .init(
                title: "Picture", intro: "Only you see it. What else stands in its file, such as a place, is left out.",
                button: "Use this picture")
        case .deletion:
            .init(
                title: "Delete the account",
                intro:
                    "Everything that is yours goes: watchlists, trends, ideaboards, tokens. Nobody can bring it back.",
                button: "Delete for good")
        case .token:
            .init(
                title: "New token", intro: "A program that has it can do what you tick here.", button: "Make the token")
        }
    }
}
