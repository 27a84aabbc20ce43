import Core
import HTTPTypes
import Hummingbird

/// Settles what is known of a request before anything else: where it comes from, under which id the log knows it, and
/// which trace it belongs to. Tells the client the id.
struct ArrivalMiddleware: RouterMiddleware {
    let proxies: TrustedProxies

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var visit = context
        let peer = ClientAddress(visit.peerName)
        if let peer { visit.client = proxies.client(peer: peer, forwardedFor: request.headers[values: .xForwardedFor]) }
        if let id = givenID(request, peer) { visit.logger[metadataKey: Visit.idKey] = "\(id)" }
        let trace = Self.trace(request.headers)
        visit.logger[metadataKey: "trace_id"] = "\(trace.traceID)"
        var response = try await trace.run { try await next(request, visit) }
        response.headers[.xRequestID] = visit.id
        return response
    }

    /// The id that a trusted proxy gave the request, so that its log and ours speak of it alike.
    private func givenID(_ request: Request, _ peer: ClientAddress?) -> String? {
        guard let peer, proxies.contains(peer), let id = request.headers[.xRequestID] else { return nil }
        return (1...64).contains(id.utf8.count) && id.utf8.allSatisfy(Self.isIDByte) ? id : nil
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func trace(_ headers: HTTPFields) -> TraceContext {
        var source = SystemRandomNumberGenerator()
        let randomness = (
            id: (high: source.next() as UInt64, low: source.next() as UInt64), span: source.next() as UInt64
        )
        return TraceContext.continuing(
            parent: headers[.traceParent], state: headers[.traceState], randomness: randomness)
    }
}
