/// A creator with an account.
package struct User: Sendable, Hashable {
    package let id: UserID
    /// `nil` for somebody who signs in elsewhere and has told us none that is theirs alone.
    package let email: String?
    package let name: String?
    package let isOperator: Bool
    /// The id of a plan of `Content/Plans`.
    package let planID: String
    /// A name of the IANA time zone database.
    package let timeZone: String
    package let createdAt: Instant
    /// What they look like; without one, pages show initials.
    package var picture: PictureDigest?

    package init(
        id: UserID, email: String?, name: String?, isOperator: Bool, planID: String, timeZone: String = "UTC",
        createdAt: Instant
    ) {
        (self.id, self.email, self.name) = (id, email, name)
        (self.isOperator, self.planID) = (isOperator, planID)
        (self.timeZone, self.createdAt) = (timeZone, createdAt)
    }
}

/// What users decide about themselves.
package struct Profile: Sendable, Hashable {
    package let name: String?
    /// A name of the IANA time zone database.
    package let timeZone: String

    package init(name: String?, timeZone: String) {
        (self.name, self.timeZone) = (name, timeZone)
    }
}

/// A signed-in browser.
package struct Session: Sendable, Hashable {
    package let id: SessionID
    package let userID: UserID
    /// When the user proved who they are.
    package let createdAt: Instant
    package let expiresAt: Instant
    /// To some minutes.
    package let seenAt: Instant
    /// What the browser called itself when it signed in; text from outside.
    package let userAgent: String?

    package init(
        id: SessionID, userID: UserID, createdAt: Instant, expiresAt: Instant, seenAt: Instant? = nil,
        userAgent: String? = nil
    ) {
        (self.id, self.userID, self.createdAt, self.expiresAt) = (id, userID, createdAt, expiresAt)
        (self.seenAt, self.userAgent) = (seenAt ?? createdAt, userAgent)
    }
}
