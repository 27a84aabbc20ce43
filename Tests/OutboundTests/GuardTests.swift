import Core
import Testing

@testable import Outbound

@Suite("Guarded requests")
struct GuardTests {
    @Test(
        "never reach this machine, however its address is spelt",
        arguments: [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0", "127.0.0.1.", "localhost",
            "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "①②⑦.⓪.⓪.①", "user@127.0.0.1",
        ])
    func spellings(host: String) async throws {
        try await LocalServer.with { _ in
            .answer()
        } _: { canary in
            let fetcher = WebFetcher(CurlClient())

            let failure = await #expect(throws: ServiceFailure.self) {
                try await fetcher.fetch(OutboundRequest(.get, "http://\(host):\(canary.port)/", service: "test"))
            }

            // With a dot at the end it is a name, which need not be found at all.
            #expect(failure?.failureClass == .blocked || host.hasSuffix("."))
            #expect(canary.connections == 0)
        }
    }

    @Test("are refused where a redirect leads inside, at any hop", arguments: [1, 2, 4])
    func redirects(hops: Int) async throws {
        try await LocalServer.with { _ in
            .answer()
        } _: { canary in
            let inside = canary.url("/metadata")
            try await LocalServer.with { asked in
                let hop = Int(asked.head.uri.dropFirst()) ?? 0
                return .redirect(to: hop < hops ? "/\(hop + 1)" : inside)
            } _: { server in
                let fetcher = WebFetcher(Self.client(allowing: server))

                let failure = await #expect(throws: ServiceFailure.self) {
                    try await fetcher.fetch(OutboundRequest(.get, server.url("/1"), service: "test"))
                }

                #expect(failure?.failureClass == .blocked)
                #expect(server.asked.count == hops)
                #expect(canary.connections == 0)
            }
        }
    }

    @Test(
        "open http and https only, also behind a redirect",
        arguments: [
            "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/", "ldap://127.0.0.1/",
            "javascript:alert(1)",
        ])
    func schemes(address: String) async throws {
        try await LocalServer.with { _ in
            .redirect(to: address)
        } _: { server in
            let fetcher = WebFetcher(Self.client(allowing: server))

            for address in [address, server.url()] {
                let failure = await #expect(throws: ServiceFailure.self) {
                    try await fetcher.fetch(OutboundRequest(.get, address, service: "test"))
                }
                #expect([.blocked, .structural].contains(failure?.failureClass))
            }
            #expect(server.asked.count == 1)
        }
    }

    @Test("do not ride on a connection that an unguarded request left open")
    func pooled() async throws {
        try await LocalServer.with { _ in
            .answer()
        } _: { server in
            let fetcher = WebFetcher(CurlClient())
            var own = OutboundRequest(.get, server.url(), service: "test")
            own.isGuarded = false
            for _ in 0..<2 { _ = try await fetcher.fetch(own) }
            #expect(server.connections == 1, "unguarded requests share a connection")

            let failure = await #expect(throws: ServiceFailure.self) {
                try await fetcher.fetch(OutboundRequest(.get, server.url(), service: "test"))
            }

            #expect(failure?.failureClass == .blocked)
            #expect(server.asked.count == 2)
        }
    }

    @Test("begin where an operator's address leads elsewhere, and take no credentials along")
    func operatorRedirects() async throws {
        try await LocalServer.with { _ in
            .answer()
        } _: { canary in
            let outside = canary.url("/elsewhere")
            try await LocalServer.with { asked in
                asked.head.uri == "/same" ? .redirect(to: "/there") : .redirect(to: outside)
            } _: { server in
                var request = OutboundRequest(.get, server.url("/same"), service: "test")
                request.isGuarded = false
                request.headers = [("Authorization", "Bearer secret"), ("Cookie", "a=b"), ("Accept", "text/plain")]

                let failure = await #expect(throws: ServiceFailure.self) {
                    try await WebFetcher(CurlClient()).fetch(request)
                }
                #expect(failure?.failureClass == .blocked)
                #expect(canary.connections == 0)
                #expect(
                    server.asked.map { $0.head.headers["Authorization"] } == [["Bearer secret"], ["Bearer secret"]])

                _ = try await WebFetcher(Self.client(allowing: canary)).fetch(request)
                let headers = try #require(canary.asked.first?.head.headers)
                #expect(headers["Authorization"].isEmpty && headers["Cookie"].isEmpty)
                #expect(headers["Accept"] == ["text/plain"])
            }
        }
    }

    static func client(allowing server: LocalServer) -> CurlClient {
        var settings = OutboundSettings()
        settings.policy = AddressPolicy(allowing: [server.endpoint])
        return CurlClient(settings)
    }
}
