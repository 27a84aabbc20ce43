import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import API

@Suite("Arrival of a request")
struct ArrivalTests {
    @Test(
        "takes the id that a trusted proxy gave, if it is a sane one",
        arguments: [
            ("abc-DEF_0.9", true), (String(repeating: "a", count: 64), true),
            (String(repeating: "a", count: 65), false),
            ("", false), ("a b", false), ("ä", false), ("<script>", false), ("a\"b", false),
        ])
    func requestID(id: String, isTaken: Bool) async throws {
        let harness = try await Harness { $0.trustedProxies = (try? TrustedProxies("127.0.0.1 ::1")) ?? .none }

        try await harness.test(.live) { client in
            let answer = try await client.get("/health/live", [.xRequestID: id])
            #expect((answer.headers[.xRequestID] == id) == isTaken)
            #expect(answer.headers[.xRequestID]?.isEmpty == false)
        }
    }

    @Test("gives an id of its own to everybody else's request")
    func untrusted() async throws {
        let harness = try await Harness()

        try await harness.test(.live) { client in
            let answers = [
                try await client.get("/health/live", [.xRequestID: "mine"]), try await client.get("/health/live"),
            ]
            let ids = answers.compactMap { $0.headers[.xRequestID] }
            #expect(Set(ids).count == 2 && !ids.contains("mine"))
        }
    }

    @Test("continues the trace of the request for everything that its route does")
    func trace() async throws {
        let router = Router(context: Visit.self)
        router.add(middleware: ArrivalMiddleware(proxies: .none))
        router.get("trace") { _, _ in TraceContext.current?.header ?? "none" }

        try await Application(router: router).test(.router) { client in
            let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let continued = try await client.get("/trace", [.traceParent: parent]).text
            #expect(continued.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") && continued.hasSuffix("-01"))
            #expect(!continued.contains("00f067aa0ba902b7"))
            let (first, second) = (try await client.get("/trace").text, try await client.get("/trace").text)
            #expect(TraceContext(first) != nil && first != second)
        }
    }

    @Test("is logged with request, trace and user, and without a secret")
    func log() async throws {
        let lines = LogLines()
        let harness = try await Harness(logger: lines.logger)
        let cookie = try await harness.cookie(of: harness.mara)
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie, .traceParent: parent]
            let answer = try await client.get("/api/trends?q=private", headers)
            let id = try #require(answer.headers[.xRequestID])
            let line = try #require(lines.all.last { $0.contains("path=/api/trends") })
            for part in ["request.id=\(id)", "trace_id=4bf92f3577b34da6a3ce929d0e0e4736", "user_id=\(harness.mara)"] {
                #expect(line.contains(part), "\(part)")
            }
            _ = try await client.get("/feeds/secret-token/01990000-0000-7000-8000-000000000001.xml")
        }
        #expect(lines.all.contains { $0.contains("path=/feeds/{token}/{file}") })
        for secret in [String(cookie.dropFirst(8)), "secret-token", "private"] {
            #expect(!lines.all.contains { $0.contains(secret) }, "\(secret)")
        }
    }
}
