/// How an issuer of identities knows somebody: the pair is unique for ever, unlike an address.
package struct Identity: Sendable, Hashable {
    package let issuer: String
    package let subject: String

    package init(issuer: String, subject: String) {
        (self.issuer, self.subject) = (issuer, subject)
    }
}

/// What an issuer says about somebody.
package struct IdentityProfile: Sendable, Hashable {
    /// Only an address that the issuer has verified.
    package let email: String?
    package let name: String?

    package init(email: String?, name: String?) {
        (self.email, self.name) = (email, name)
    }
}

/// Whose identity it is.
package enum IdentityOwner: Sendable, Equatable {
    case user(UserID, isNew: Bool)
    /// The issuer has said that it is no more.
    case gone
}
