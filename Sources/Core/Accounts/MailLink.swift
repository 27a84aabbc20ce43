package typealias MailLinkID = Identifier<MailLink>

/// A link that is sent by mail and does one thing once.
package struct MailLink: Sendable, Hashable {
    package enum Purpose: Sendable, Hashable {
        /// Makes an account. Until then nothing exists but this wish.
        case signUp(name: String?, password: PasswordHash)
        /// Sets a new password for whoever has the address.
        case resetPassword
        /// Makes the address that of the user.
        case changeEmail(UserID)
    }

    package let id: MailLinkID
    package let purpose: Purpose
    /// Where it is sent: the address that following it proves.
    package let email: String
    package let expiresAt: Instant

    package init(id: MailLinkID, purpose: Purpose, email: String, expiresAt: Instant) {
        (self.id, self.purpose, self.email, self.expiresAt) = (id, purpose, email, expiresAt)
    }
}

/// What became of following a link.
package enum LinkOutcome<Value: Sendable>: Sendable {
    case done(Value)
    /// It never was, has expired, or was followed before.
    case unknown
    /// Somebody else has the address meanwhile.
    case taken
}

extension LinkOutcome: Equatable where Value: Equatable {}
