import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import API

@Suite("Live connection")
struct LiveTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method = HTTPRequest.Method.get
        let path: String
        var headers: HTTPFields = [:]
        var testDescription: String { "\(method.rawValue) \(path) \(headers)" }
    }

    static let cases: [Case] = [
        Case(path: "/"), Case(path: "/help/"), Case(path: "/dashboard/"), Case(path: "/dashboard/?a=1"),
        Case(path: "/dashboard/", headers: [.acceptEncoding: "gzip"]),
        Case(path: "/dashboard/", headers: [.ifNoneMatch: "*"]), Case(path: "/", headers: [.ifNoneMatch: "*"]),
        Case(method: .head, path: "/dashboard/"), Case(method: .head, path: "/", headers: [.acceptEncoding: "gzip"]),
        Case(path: "/robots.txt"),
    ]

    @Test("answers from memory as it answers the long way", arguments: cases)
    func parity(asked: Case) async throws {
        let (warm, cold) = (try await Harness(), try await Harness(keepsInMemory: false))
        var answers: [TestResponse] = []

        for harness in [cold, warm] {
            var headers = asked.headers
            headers[.cookie] = try await harness.cookie(of: harness.anna)
            let fields = headers
            answers.append(try await twice(harness, asked, fields))
        }
        #expect(answers[0].status == answers[1].status)
        #expect(answers[0].body == answers[1].body)
        #expect(answers[0].headers[.date] != nil && answers[1].headers[.date] != nil)
        #expect(comparable(answers[0].headers) == comparable(answers[1].headers))
        if asked.path != "/robots.txt" {
            #expect(answers[0].headers[.xRequestID]?.count != 16, "the cold site goes the long way")
            #expect(answers[1].headers[.xRequestID]?.count == 16, "the warm site goes the short way")
        }
    }

    private func twice(_ harness: Harness, _ asked: Case, _ headers: HTTPFields) async throws -> TestResponse {
        try await harness.server.makeApplication().test(.live) { client in
            _ = try await client.execute(uri: asked.path, method: asked.method, headers: headers) { $0 }
            return try await client.execute(uri: asked.path, method: asked.method, headers: headers) { $0 }
        }
    }

    private func comparable(_ headers: HTTPFields) -> [String: String] {
        var result: [String: String] = [:]
        for field in headers where field.name != .date && field.name != .xRequestID {
            result[field.name.canonicalName, default: ""] += field.value
        }
        return result
    }

    @Test("writes every request id as 16 digits", arguments: [0, 1, 0x0123_4567_89AB_CDEF, UInt64.max])
    func requestID(id: UInt64) async throws {
        let harness = try await Harness()
        let settings = APISettings(publicURL: try PublicAddress(Harness.origin), serverKey: [1])
        let logger = Logger(label: "test")
        let shared = ConnectionShared(
            settings, pages: harness.server.pages, record: RequestRecord(MetricsRegistry()), logger: logger)
        let answer = PreparedAnswer(status: .ok, fields: [.contentType: "text/plain"])

        let digits = String(id, radix: 16)
        let padded = String(repeating: "0", count: 16 - digits.count) + digits
        let head = String(buffer: shared.head(of: answer, id, ByteBufferAllocator()))
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nDate: "))
        #expect(head.hasSuffix("\r\nX-Request-Id: \(padded)\r\n\r\n"))
    }

    @Test("answers pipelined requests in their order, from memory or not")
    func pipelining() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test(.live) { client in
            _ = try await client.get("/dashboard/", [.cookie: cookie])
            _ = try await client.get("/help/")
            let paths = ["/dashboard/", "/status.json", "/help/", "/nothing", "/dashboard/", "/help/"]
            let requests = paths.map { "GET \($0) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n\r\n" }
            let last = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let text = try await PlainSocket.exchange(client.port, [requests.joined() + last])
            let marks = [
                "anna's page", "new_trends", "\r\n\r\nhelp", "not here", "anna's page", "\r\n\r\nhelp", "live",
            ]
            var rest = text[...]
            for mark in marks {
                let place = try #require(rest.range(of: mark), "\(mark) is missing or out of order")
                rest = rest[place.upperBound...]
            }
            #expect(text.components("HTTP/1.1 ") == 7)
        }
    }

    enum Malformed: CaseIterable {
        case garbage, longField, manyFields, badLength

        var request: String {
            let start = "POST / HTTP/1.1\r\nHost: localhost\r\n"
            return switch self {
            case .garbage: "GARBAGE\r\n\r\n"
            case .longField: start + "X: \(String(repeating: "x", count: 40_000))\r\n\r\n"
            case .manyFields: start + String(repeating: "X: y\r\n", count: 200) + "\r\n"
            case .badLength: start + "Content-Length: x\r\n\r\n"
            }
        }
    }

    @Test("answers what is not HTTP with 400, with the security headers, and closes", arguments: Malformed.allCases)
    func malformed(_ malformed: Malformed) async throws {
        let harness = try await Harness()

        try await harness.test(.live) { client in
            let text = try await PlainSocket.exchange(client.port, [malformed.request])
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            for field in SecurityHeaders(isSecure: false).fields {
                #expect(text.contains("\(field.name.rawName): \(field.value)\r\n"))
            }
        }
    }

    enum Silence: CaseIterable {
        case atOnce, inHead, inBody, afterPage, afterAnswer

        var request: String {
            let form = "Origin: http://localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\na"
            return switch self {
            case .atOnce: ""
            case .inHead: "GET / HT"
            case .inBody: "POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\n" + form
            case .afterPage: "GET /help/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
            case .afterAnswer: "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
            }
        }
    }

    @Test("closes when nothing comes, or nothing more", arguments: Silence.allCases)
    func idle(_ silence: Silence) async throws {
        let harness = try await Harness { $0.idleTimeout = .seconds(3) }

        try await harness.test(.live) { client in
            // Returns when the server has closed.
            let text = try await PlainSocket.exchange(client.port, [silence.request])
            let isAnswered = silence == .afterPage || silence == .afterAnswer
            #expect(text.hasPrefix("HTTP/1.1 200 OK") == isAnswered)
            #expect(text.isEmpty != isAnswered)
        }
    }

    @Test("closes on a body that does not end")
    func endlessBody() async throws {
        let harness = try await Harness()
        let head =
            "POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"

        try await harness.test(.live) { client in
            let text = try await PlainSocket.exchange(client.port, [head] + Array(repeating: chunk, count: 100))
            #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("is closed by a graceful stop")
    func shutdown() async throws {
        let harness = try await Harness()
        let open = AsyncStream<NIOAsyncChannel<ByteBuffer, ByteBuffer>>.makeStream()

        try await harness.test(.live) { client in
            let channel = try await PlainSocket.connect(client.port)
            _ = try await client.get("/help/")
            open.continuation.yield(channel)
        }
        let channel = try #require(await open.stream.first { _ in true })
        let text = try await channel.executeThenClose { inbound, _ in try await PlainSocket.collect(inbound) }
        #expect(text.isEmpty)
    }

    /// Fails by crashing: swift-nio drops what it accepted last, https://github.com/apple/swift-nio/issues/2813.
    @Test("may be opened while the server stops", arguments: 0..<20)
    func openedAtTheEnd(round: Int) async throws {
        let harness = try await Harness()
        let pending = Mutex<[EventLoopFuture<any Channel>]>([])

        try await harness.test(.live) { client in
            let port = try #require(client.port)
            _ = try await client.get("/help/")
            let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            pending.withLock { $0 = (0..<30).map { _ in bootstrap.connect(host: "localhost", port: port) } }
        }
        for connection in pending.withLock({ $0 }) {
            let channel = try? await connection.get()
            try? await channel?.close()
        }
    }
}

extension String {
    /// How often the text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
