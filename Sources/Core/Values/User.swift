/// A creator with an account.
package struct User: Sendable, Hashable {
    package let id: UserID
    package let email: String
    package let name: String?
    package let isOperator: Bool
    /// The id of a plan of `Content/Plans`.
    package let planID: String
    package let createdAt: Instant

    package init(id: UserID, email: String, name: String?, isOperator: Bool, planID: String, createdAt: Instant) {
        (self.id, self.email, self.name) = (id, email, name)
        (self.isOperator, self.planID, self.createdAt) = (isOperator, planID, createdAt)
    }
}

/// A signed-in browser.
package struct Session: Sendable, Hashable {
    package let id: SessionID
    package let userID: UserID
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(id: SessionID, userID: UserID, createdAt: Instant, expiresAt: Instant) {
        (self.id, self.userID, self.createdAt, self.expiresAt) = (id, userID, createdAt, expiresAt)
    }
}
