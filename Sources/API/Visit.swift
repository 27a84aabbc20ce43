import HTTPTypes
import Hummingbird
import NIOCore

/// What the server knows about one request besides the request itself.
struct Visit: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection: behind a proxy, the proxy.
    let peer: SocketAddress?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }

    /// The peer's address without its port, for throttling and logs.
    var peerName: String { peer?.ipAddress ?? "unknown" }

    /// Who is asking, as far as accounts are concerned.
    func caller(_ request: Request) -> AccountDesk.Caller {
        AccountDesk.Caller(peer: peerName, isLocal: isLocal(request))
    }

    /// Whether the request came straight from this machine: a loopback peer, and no sign of a proxy in between.
    func isLocal(_ request: Request) -> Bool {
        let signs: [HTTPField.Name] = [.forwarded, .xForwardedFor, .xRealIP, .via]
        guard signs.allSatisfy({ request.headers[$0] == nil }) else { return false }
        return peerName == "::1" || peerName.hasPrefix("127.") || peerName.hasPrefix("::ffff:127.")
    }
}
