import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Jobs over HTTP")
struct JobRouteTests {
    private struct PingJob: JobRequest {
        static let jobName = "ping"
    }

    private func enqueue(_ harness: Harness, for user: UserID? = nil, key: String? = nil) async throws -> JobID {
        let terms = JobTerms(uniqueKey: key, userID: user ?? harness.mara)
        return try await harness.fixture.store.enqueue(PingJob(), terms, now: harness.clock.read())
    }

    /// Claims the only job and ends it.
    private func finish(_ harness: Harness, _ outcome: JobOutcome) async throws {
        let now = harness.clock.read()
        let claim = JobClaim(
            worker: "test", names: ["ping"], places: [.standard: 1], leaseUntil: now.adding(seconds: 9))
        let claimed = try await harness.fixture.store.exchange([], for: claim, now: now).claimed
        _ = try await harness.fixture.store.exchange(
            [JobReport(try #require(claimed.first).lease, outcome)], for: nil, now: now)
    }

    @Test("A job is shown to its user, with why it failed")
    func shown() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let id = try await enqueue(harness)
        try await finish(harness, .failed(JobFailure(.quota, "The scraper's credit is used up.")))

        try await harness.test { client in
            let one = try await client.get("/api/jobs/\(id)", [.cookie: cookie]).json["data"]
            #expect(one?["job_type"] == .text("ping"))
            #expect(one?["status"] == .text("failed"))
            #expect(one?["failure_class"] == .text("quota"))
            #expect(one?["error_message"] == .text("The scraper's credit is used up."))
            #expect(one?["attempts"] == .integer(1))
            #expect(one?["completed_at"] == .text("2023-11-14T22:13:20Z"))
            let failed = try await client.get("/api/jobs?status=failed&job_type=ping", [.cookie: cookie]).json
            #expect(failed["data"]?.array == [try #require(one)])
            #expect(failed["meta"]?["pagination"]?["total"] == .integer(1))
            let waiting = try await client.get("/api/jobs?status=pending", [.cookie: cookie]).json
            #expect(waiting["data"]?.array == [])
        }
    }

    @Test("A waiting job is cancelled under either address, twice without harm, and tried again")
    func steered() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let (one, two) = (try await enqueue(harness), try await enqueue(harness))

        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie]
            for _ in 0..<2 {
                let byPath = try await client.post("/api/jobs/\(one)/cancel", json: "", headers)
                #expect(byPath.json["data"]?["status"] == .text("cancelled"))
                let named = try await client.post("/api/jobs/cancel", json: #"{"job_id":"\#(two)"}"#, headers)
                #expect(named.json["data"]?["status"] == .text("cancelled"))
            }
            let again = try await client.post("/api/jobs/\(one)/retry", json: "", headers)
            #expect(again.json["data"]?["status"] == .text("pending"))
            #expect(try await client.post("/api/jobs/\(one)/retry", json: "", headers).status == .conflict)
        }
        #expect(harness.publishing.changes.count == 3)
    }

    @Test("What has ended cannot be cancelled, and what is done is not tried again")
    func ended() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let id = try await enqueue(harness)
        try await finish(harness, .done)

        try await harness.test { client in
            for verb in ["cancel", "retry"] {
                let answer = try await client.post("/api/jobs/\(id)/\(verb)", json: "", [.cookie: cookie])
                #expect(answer.status == .conflict)
                #expect(answer.json["error"]?["code"] == .text("CONFLICT"))
            }
        }
    }

    @Test("A button on the dashboard leads back to it")
    func form() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let id = try await enqueue(harness)

        try await harness.test { client in
            let answer = try await client.post("/api/jobs/\(id)/cancel", form: "", [.cookie: cookie])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/dashboard/")
        }
        #expect(try await harness.fixture.store.job(id, of: harness.mara)?.status == .cancelled)
    }

    @Test("Somebody else's job, the installation's own and one that never was are not there")
    func strangers() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        let own = try await harness.fixture.store.enqueue(PingJob(), JobTerms(), now: harness.clock.read())
        let jobs = [try await enqueue(harness), own, JobID(rawValue: "01990000-0000-7000-8000-000000000001")]

        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie]
            for id in jobs {
                #expect(try await client.get("/api/jobs/\(id)", headers).status == .notFound)
                for verb in ["cancel", "retry"] {
                    #expect(try await client.post("/api/jobs/\(id)/\(verb)", json: "", headers).status == .notFound)
                }
                let named = try await client.post("/api/jobs/cancel", json: #"{"job_id":"\#(id)"}"#, headers)
                #expect(named.status == .notFound)
            }
            #expect(try await client.get("/api/jobs", headers).json["data"]?.array == [])
            #expect(try await client.get("/api/jobs").status == .unauthorized)
        }
    }
}
