/// What somebody can look at and end about their own account.
package struct AccountOverview: Sendable, Equatable {
    /// False for somebody who only signs in elsewhere.
    package let hasPassword: Bool
    /// Last seen first.
    package let sessions: [Session]
    /// The session that looks.
    package let current: SessionID
    /// Newest first.
    package let tokens: [APIToken]

    package init(hasPassword: Bool, sessions: [Session], current: SessionID, tokens: [APIToken]) {
        (self.hasPassword, self.sessions, self.current, self.tokens) = (hasPassword, sessions, current, tokens)
    }
}
