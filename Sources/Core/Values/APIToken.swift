/// What the holder of a token may do. The raw value is what people choose and what is stored.
package enum TokenScope: String, Sendable, Hashable, CaseIterable, Codable {
    case trendsRead = "trends:read"
    case trendsWrite = "trends:write"
    case watchlistsRead = "watchlists:read"
    case watchlistsWrite = "watchlists:write"
    case ideaboardsRead = "ideaboards:read"
    case ideaboardsWrite = "ideaboards:write"
    case libraryRead = "library:read"
    case libraryWrite = "library:write"
    case jobsRead = "jobs:read"
    case jobsWrite = "jobs:write"
    /// Profile, plan and usage.
    case accountRead = "account:read"
    case accountWrite = "account:write"

    /// What it lets a program do, as in "may read trends".
    package var ability: String {
        switch self {
        case .trendsRead: "read trends"
        case .trendsWrite: "change trends"
        case .watchlistsRead: "read watchlists"
        case .watchlistsWrite: "change watchlists"
        case .ideaboardsRead: "read ideaboards"
        case .ideaboardsWrite: "change ideaboards"
        case .libraryRead: "read the library"
        case .libraryWrite: "change the library"
        case .jobsRead: "read jobs"
        case .jobsWrite: "cancel and retry jobs"
        case .accountRead: "read profile, plan and usage"
        case .accountWrite: "change the profile"
        }
    }
}

package typealias APITokenID = Identifier<APIToken>

/// A personal token, with which a program acts for its user. The token itself is stored nowhere, only its digest.
package struct APIToken: Sendable, Hashable {
    package let id: APITokenID
    package let userID: UserID
    package let name: String
    package let scopes: Set<TokenScope>
    package let createdAt: Instant
    /// To the minute; `nil` when it was never used.
    package let lastUsedAt: Instant?
    /// `nil` when it does not expire.
    package let expiresAt: Instant?

    /// How many a user can have at a time.
    package static let most = 50

    package init(
        id: APITokenID, userID: UserID, name: String, scopes: Set<TokenScope>,
        times: (created: Instant, lastUsed: Instant?, expires: Instant?)
    ) {
        (self.id, self.userID, self.name, self.scopes) = (id, userID, name, scopes)
        (createdAt, lastUsedAt, expiresAt) = times
    }
}
