import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Feed")
struct FeedTests {
    private let watchlist = WatchlistID(rawValue: "01890000-0000-7000-8000-000000000001")
    private let key = [UInt8](repeating: 7, count: 32)

    private func harness() async throws -> Harness {
        let harness = try await Harness()
        harness.status.set(owner: harness.anna, version: 1, of: watchlist)
        harness.sites.set(
            "/feeds/\(watchlist).xml", of: .user(harness.anna), to: "<feed/>",
            contentType: "application/atom+xml; charset=utf-8")
        return harness
    }

    @Test("is read by whoever knows its address, without signing in")
    func read() async throws {
        let harness = try await harness()
        let token = FeedToken(key: key, user: harness.anna, watchlist: watchlist, version: 1)

        try await harness.test { client in
            let address = "/feeds/\(token.text)/\(watchlist).xml"
            let answer = try await client.get(address)
            #expect(answer.status == .ok)
            #expect(answer.text == "<feed/>")
            #expect(answer.headers[.contentType] == "application/atom+xml; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            let tag = try #require(answer.headers[.eTag])
            #expect(try await client.get(address, [.ifNoneMatch: tag]).status == .notModified)
            #expect(try await client.head(address).headers[.contentLength] == "7")
        }
    }

    @Test("is not found with any other address")
    func refused() async throws {
        let harness = try await harness()
        let cookie = try await harness.cookie(of: harness.anna)
        let token = FeedToken(key: key, user: harness.anna, watchlist: watchlist, version: 1).text
        let others = [
            FeedToken(key: key, user: harness.anna, watchlist: watchlist, version: 2).text,
            FeedToken(key: key, user: harness.boris, watchlist: watchlist, version: 1).text,
            FeedToken(key: [8], user: harness.anna, watchlist: watchlist, version: 1).text,
            "x", String(token.dropLast()), token + "A", token.uppercased(),
        ]
        let addresses =
            others.map { "/feeds/\($0)/\(watchlist).xml" } + [
                "/feeds/\(watchlist).xml", "/feeds/\(token)/\(watchlist)", "/feeds/\(token)/other.xml",
                "/feeds/\(token)/01890000-0000-7000-8000-000000000002.xml",
            ]

        try await harness.test { client in
            for address in addresses {
                let answer = try await client.get(address, [.cookie: cookie])
                #expect(answer.status == .notFound, "\(address)")
            }
        }
    }

    @Test("is revoked by raising its version")
    func revoked() async throws {
        let harness = try await harness()
        let token = FeedToken(key: key, user: harness.anna, watchlist: watchlist, version: 1)
        harness.status.set(owner: harness.anna, version: 2, of: watchlist)

        try await harness.test { client in
            let answer = try await client.get("/feeds/\(token.text)/\(watchlist).xml")
            #expect(answer.status == .notFound)
        }
    }
}

@Suite("Status and health")
struct StatusTests {
    @Test("is the signed-in user's own, and kept by nobody")
    func status() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        harness.status.set(UserStatus(observedAt: Instant(seconds: 1_714_564_800), newTrends: 3), of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get("/status.json", [.cookie: cookie])
            #expect(answer.text == #"{"new_trends":3,"observed_at":"2024-05-01T12:00:00Z"}"#)
            #expect(answer.headers[.cacheControl] == "no-store")
            let other = try await client.get("/status.json", [.cookie: harness.cookie(of: harness.boris)])
            #expect(other.text == #"{"new_trends":0,"observed_at":null}"#)
            let stranger = try await client.get("/status.json")
            #expect(stranger.status == .unauthorized)
            #expect(stranger.text.contains(#""code":"UNAUTHORIZED""#))
        }
    }

    @Test("of health is not ready before the public pages are there")
    func health() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.get("/health/ready")
            #expect(answer.status == .ok)
        }
        let bare = try await Harness(publishes: false)
        try await bare.test { client in
            let answer = try await client.get("/health/ready")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains("Waiting for the public pages."))
            #expect(try await client.get("/health/live").status == .ok)
        }
    }

    @Test(
        "dates are written as HTTP and HTML read them",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            (1_709_210_096, "Thu, 29 Feb 2024 12:34:56 GMT", "2024-02-29T12:34:56Z"),
        ])
    func dates(seconds: Int64, http: String, iso: String) {
        #expect(HTTPDate.text(Instant(seconds: seconds)) == http)
        #expect(HTTPDate.iso8601(Instant(seconds: seconds)) == iso)
    }
}
