import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What the server knows about one request besides the request itself.
struct Visit: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Where the request comes from; behind trusted proxies, where they say.
    var client: ClientAddress?
    let notes = VisitNotes()

    /// Under which the log and the answer name the request.
    static let idKey = "hb.request.id"

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The other end of the connection: behind a proxy, the proxy.
    var peer: SocketAddress? { channel.remoteAddress }

    /// The request's logger, with the user where it is known who that is.
    var namedLogger: Logger {
        guard let user = notes.caller?.userID else { return logger }
        var named = logger
        named[metadataKey: "user_id"] = "\(user)"
        return named
    }

    /// The peer's address without its port.
    var peerName: String { peer?.ipAddress ?? "unknown" }

    /// Whom limits count, where nobody is signed in.
    var clientName: String { client?.network ?? peerName }

    /// Who is asking, as far as accounts are concerned.
    func caller(_ request: Request) -> AccountDesk.Caller {
        AccountDesk.Caller(peer: clientName, isLocal: isLocal(request))
    }

    /// Whether the request came straight from this machine: a loopback peer, and no sign of a proxy in between.
    func isLocal(_ request: Request) -> Bool {
        let signs: [HTTPField.Name] = [.forwarded, .xForwardedFor, .xRealIP, .via]
        guard signs.allSatisfy({ request.headers[$0] == nil }) else { return false }
        return peerName == "::1" || peerName.hasPrefix("127.") || peerName.hasPrefix("::ffff:127.")
    }
}
