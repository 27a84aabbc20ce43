/// A mail about an account. `path` is the link's address on this site; `name` is that of the account's owner, and never
/// given to an address that somebody merely typed.
package enum AccountMail: Sendable, Hashable {
    /// Somebody wants an account with this address.
    case confirmSignUp(path: String)
    /// Somebody wanted an account with an address that has one.
    case alreadySignedUp(name: String?)
    case resetPassword(name: String?, path: String)
    /// To the new address.
    case confirmEmail(path: String)
    /// Somebody wanted to change to an address that has an account.
    case emailTaken
    /// To the old address.
    case emailChanged(name: String?, to: String)
    case passwordChanged(name: String?)
    case accountDeleted(name: String?)
}
