import Core
import HTTPTypes
import Hummingbird

/// The editor of watchlists: a page rendered when it is asked for, with what is stored or what was typed.
struct WatchlistPages: Sendable {
    let watchlists: any WatchlistKeeping
    let accounts: any AccountStoring
    let sessions: Sessions
    let rendering: any PageRendering

    /// The editor, where the address is one of its; `nil` elsewhere.
    func answer(_ asked: PageRequest) async throws -> Response? {
        let isNew = asked.path == Route.watchlistEditor(nil).path
        guard isNew || asked.path.hasSuffix("/edit/"), asked.path.hasPrefix("/trends/watchlists/") else { return nil }
        guard let session = try await sessions.session(asked.cookie), let owner = try await owner(of: session.userID)
        else { return .redirect(to: NextAddress.signIn(for: asked), status: .seeOther) }
        if isNew { return try page(WatchlistForm(owner: owner, id: nil, fields: [:]), status: .ok) }
        let edited = owner.watchlists.first { Route.watchlistEditor($0.id).path == asked.path }
        return try edited.map { try page(WatchlistForm(owner: owner, watchlist: $0), status: .ok) }
    }

    func page(_ form: WatchlistForm, status: HTTPResponse.Status) throws -> Response {
        HTMLAnswer.response(try rendering.render(.watchlist(form)), status: status)
    }

    /// The frame of somebody's page; `nil` when the account is gone.
    func owner(of user: UserID) async throws -> PageOwner? {
        guard let found = try await accounts.user(user) else { return nil }
        return PageOwner(user: found, watchlists: try await watchlists.watchlists(of: user))
    }
}
