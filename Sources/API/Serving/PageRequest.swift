import HTTPTypes
import Hummingbird
import NIOHTTP1

/// What of a GET or HEAD request decides its answer.
struct PageRequest: Sendable {
    var isHead = false
    var path = "/"
    /// Without the question mark.
    var query: String?
    var host = ""
    private var isHostKnown = false
    var cookie: String?
    var ifNoneMatch: String?
    var acceptEncoding: String?
    var range: String?
    var ifRange: String?

    init(_ request: Request) {
        let headers = request.headers
        isHead = request.method == .head
        (path, query) = Self.split(request.head.path ?? "/")
        host = request.head.authority ?? ""
        (cookie, ifNoneMatch) = (headers[.cookie], headers[.ifNoneMatch])
        (acceptEncoding, range, ifRange) = (headers[.acceptEncoding], headers[.range], headers[.ifRange])
    }

    /// From the head as it left the parser, in one pass; `nil` for everything that is not a plain GET or HEAD of a
    /// connection that stays open.
    init?(_ head: HTTPRequestHead) {
        guard head.method == .GET || head.method == .HEAD else { return nil }
        guard head.version == .http1_1, head.isKeepAlive else { return nil }
        isHead = head.method == .HEAD
        (path, query) = Self.split(head.uri)
        for (name, value) in head.headers {
            guard take(name.utf8, value) else { return nil }
        }
    }

    /// Keeps the field if it matters; false when only the long way can answer.
    private mutating func take(_ name: String.UTF8View, _ value: String) -> Bool {
        switch name.count {
        case 4 where ASCII.matches(name, "host"):
            guard !isHostKnown else { return false }
            (host, isHostKnown) = (value, true)
        case 6 where ASCII.matches(name, "cookie"):
            cookie = cookie.map { "\($0); \(value)" } ?? value
        case 13 where ASCII.matches(name, "if-none-match"):
            ifNoneMatch = ifNoneMatch.map { "\($0), \(value)" } ?? value
        case 15 where ASCII.matches(name, "accept-encoding"):
            acceptEncoding = acceptEncoding.map { "\($0), \(value)" } ?? value
        case 5 where ASCII.matches(name, "range"),
            14 where ASCII.matches(name, "content-length"),
            17 where ASCII.matches(name, "transfer-encoding"):
            return false
        default:
            break
        }
        return true
    }

    private static func split(_ target: String) -> (path: String, query: String?) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target, nil) }
        return (String(target[..<mark]), String(target[target.index(after: mark)...]))
    }
}
