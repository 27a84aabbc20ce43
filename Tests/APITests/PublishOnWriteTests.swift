import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Publish on write")
struct PublishOnWriteTests {
    private func furnished() async throws -> (harness: Harness, cookie: String, trend: TrendID) {
        let harness = try await Harness()
        let store = harness.fixture.store
        _ = try store.createWatchlist("All", rule: .everything, for: harness.mara, now: StoreFixture.start)
        try harness.fixture.see("v", views: 1, at: StoreFixture.start)
        let trends = try await store.trends(of: harness.mara, TrendFilter(), Paging()).items
        return (harness, try await harness.cookie(of: harness.mara), try #require(trends.first).id)
    }

    @Test(
        "A publish that fails or hangs neither loses the write nor its answer",
        arguments: [
            RecordedPublishing.Manner.fails, .hangs,
        ])
    func trouble(manner: RecordedPublishing.Manner) async throws {
        let (harness, cookie, trend) = try await furnished()
        harness.publishing.behave(manner)

        try await harness.test { client in
            let path = APIRoute.trendState(trend).path
            let answer = try await client.post(path, json: #"{"state":"saved"}"#, [.cookie: cookie])
            #expect(answer.status == .ok)
        }
        #expect(harness.publishing.changes.count == 1)
        #expect(try await harness.fixture.store.trend(trend, of: harness.mara)?.state == .saved)
    }

    @Test("Reading publishes nothing")
    func reading() async throws {
        let (harness, cookie, trend) = try await furnished()

        try await harness.test { client in
            for path in ["/api/trends", "/api/trends/\(trend)", "/status.json", "/dashboard/"] {
                _ = try await client.get(path, [.cookie: cookie])
            }
        }
        #expect(harness.publishing.changes.isEmpty)
    }

    @Test("A refused write publishes nothing")
    func refused() async throws {
        let (harness, cookie, trend) = try await furnished()

        try await harness.test { client in
            let path = APIRoute.trendState(trend).path
            let answer = try await client.post(path, json: #"{"state":"odd"}"#, [.cookie: cookie])
            #expect(answer.status == .badRequest)
        }
        #expect(harness.publishing.changes.isEmpty)
    }
}
