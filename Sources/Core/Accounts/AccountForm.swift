/// A form about an account that is a page of its own: behind a mail's link, or because it was filled in wrongly. Holds
/// what was typed, never a password.
package enum AccountForm: Sendable, Equatable {
    /// Asks for a mail with a link to a new password.
    case requestReset(email: String)
    /// Behind that link.
    case newPassword(token: String)
    /// Behind the link that makes an account: asks for the password that was chosen with it.
    case confirmSignUp(token: String, email: String)
    /// Behind the link that changes the address.
    case confirmEmail(token: String, email: String)
    /// `hasOne` is false for somebody who signs in elsewhere.
    case password(hasOne: Bool)
    case email(String, hasPassword: Bool)
    case profile(name: String, timeZone: String)
    case picture
    case deletion(hasPassword: Bool)
    case token(name: String, scopes: [String])
}
