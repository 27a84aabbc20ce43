import Core
import HTTPTypes
import Hummingbird

/// A watchlist's feed, for readers that cannot sign in: the token in the address is the right to read it.
struct FeedRoutes: Sendable {
    let status: any StatusReading
    let pages: PageServer
    let serverKey: [UInt8]

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .get, "/feeds/{token}/{file}", "A watchlist's newest trends as an Atom feed.",
                .other("application/atom+xml"), describing: FeedAddress.self, read)
        ]
    }

    private struct FeedAddress: Input {
        init(_ reader: inout InputReader) {
            _ = reader.path("token", .text(43...43), "The reader's right to it, as pages print it.")
            _ = reader.path("file", .text(40...40), "The watchlist's id and `.xml`.")
        }
    }

    /// An unknown watchlist, a wrong token and a revoked one are answered alike.
    @Sendable func read(_ call: Call) async throws -> Response {
        let (request, visit) = (call.request, call.visit)
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
