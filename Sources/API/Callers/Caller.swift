import Core

/// Whom a request acts for, and by what right. Endpoints for signed-in people receive it; nobody looks it up again.
package struct Caller: Sendable, Hashable {
    package enum Means: Sendable, Hashable {
        /// A browser, which may do all that its user may.
        case session(SessionID)
        /// A program, which may do what the scopes say. The id is that of the token or of the issuer's session.
        case bearer(id: String, scopes: Set<TokenScope>)
    }

    package let userID: UserID
    package let means: Means

    package init(userID: UserID, means: Means) {
        (self.userID, self.means) = (userID, means)
    }

    func may(_ scope: TokenScope) -> Bool {
        switch means {
        case .session: true
        case .bearer(_, let scopes): scopes.contains(scope)
        }
    }

    var isBrowser: Bool {
        if case .session = means { true } else { false }
    }
}

/// Who may use a route.
enum Access: Sendable, Hashable {
    case anyone
    /// Signed-in people, and programs whose token has the scope.
    case user(TokenScope)
    /// Signed-in people alone: what a token must never do, such as making tokens.
    case browser
    /// The operator, signed in.
    case operators
}
