import Core
import HTTPTypes
import Hummingbird

/// A watchlist's feed, for readers that cannot sign in: the token in the address is the right to read it.
struct FeedRoutes: Sendable {
    let status: any StatusReading
    let pages: PageServer
    let serverKey: [UInt8]

    var endpoints: [Endpoint] { [Endpoint(.get, "/feeds/:token/:file", read)] }

    /// An unknown watchlist, a wrong token and a revoked one are answered alike.
    @Sendable func read(_ request: Request, _ visit: Visit) async throws -> Response {
        let file = visit.parameters.get("file") ?? ""
        guard file.hasSuffix(".xml"), let watchlist = WatchlistID(String(file.dropLast(4))),
            let feed = try await status.feed(of: watchlist)
        else { throw APIFailure.notFound }
        let token = FeedToken(key: serverKey, user: feed.owner, watchlist: watchlist, version: feed.version)
        guard token.matches(visit.parameters.get("token") ?? "") else { throw APIFailure.notFound }
        let address = "/feeds/\(watchlist.rawValue).xml"
        let asked = PageRequest(request)
        guard case .answer(let answer) = try await pages.page(address, of: .user(feed.owner), for: asked) else {
            throw APIFailure.notFound
        }
        return answer.response(isHead: asked.isHead)
    }
}
