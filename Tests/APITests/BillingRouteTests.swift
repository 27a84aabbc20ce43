import Core
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import API

@Suite("Usage over HTTP")
struct BillingRouteTests {
    @Test("tells the plan, its period, and of each limit what is used and left")
    func usage() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let ledger = QuotaLedger(harness.fixture.store, plans: try .only([.scrapes: 60]))
        _ = try await ledger.reserve(QuotaClaim(12, of: .scrapes, for: harness.mara), now: ManualClock.start)

        try await harness.test { client in
            let data = try await client.get("/api/billing/usage", [.cookie: cookie]).json["data"]
            #expect(data?["plan"]?.text == "free")
            #expect(data?["period_start"]?.text == "2023-11-01T00:00:00Z")
            #expect(data?["period_end"]?.text == "2023-12-01T00:00:00Z")
            let scrapes = data?["limits"]?.array?.first { $0["type"]?.text == "scrapes" }
            #expect(scrapes?["current"] == .integer(12) && scrapes?["limit"] == .integer(60))
            #expect(scrapes?["remaining"] == .integer(48) && scrapes?["is_per_period"] == .bool(true))
            let storage = data?["limits"]?.array?.first { $0["type"]?.text == "storage_gb" }
            #expect(storage?["limit"] == .integer(1_000_000_000))
            #expect(data?["limits"]?.array?.count == PlanLimit.allCases.count)
        }
    }

    @Test("is for those who are signed in and nobody else")
    func access() async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let answer = try await client.get("/api/billing/usage")
            #expect(answer.status == .unauthorized)
        }
    }

    @Test("grows with what is held, up to what the plan allows, and says so beside the answer")
    func held() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test { client in
            for number in 1...5 {
                let made = try await client.post("/api/watchlists", json: #"{"name":"a"}"#, [.cookie: cookie])
                let usage = made.json["meta"]?["usage"]
                #expect(made.status == .created && usage?["current"] == .integer(Int64(number)))
                #expect(usage?["limit"] == .integer(5) && usage?["remaining"] == .integer(Int64(5 - number)))
            }
            let refused = try await client.post("/api/watchlists", json: #"{"name":"a"}"#, [.cookie: cookie])
            #expect(refused.status == .forbidden && refused.text.contains("USAGE_EXCEEDED"))
            #expect(refused.text.contains("Your plan has 5 watchlists."))
        }
        #expect(try await harness.fixture.store.watchlists(of: harness.mara).count == 5)
    }

    @Test("A used up limit is 403 with its name, how far it is used, and when it begins anew")
    func exceeded() throws {
        let quota = QuotaExceeded(
            .scrapes, Usage(current: 60, limit: 60), renewal: CivilTime(year: 2026, month: 12, day: 1).instant)
        let failure = APIFailure.exceeded(quota)

        #expect(failure.status == .forbidden && failure.code.rawValue == "USAGE_EXCEEDED")
        #expect(
            failure.message
                == "Your plan has 60 scrapes in this period and all of them are used; they begin anew on 1 Dec 2026.")
        #expect(failure.details == [ValidationError(field: "scrapes", rule: "is at 60 of 60")])
    }
}
