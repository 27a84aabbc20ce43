import Core
import Hummingbird
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import API

@Suite("Events over HTTP", .timeLimit(.minutes(5)))
struct EventTests {
    private func board(_ store: Store, _ user: UserID, _ title: String = "Plan") throws -> Int64 {
        try store.createIdeaboard(title, content: "", for: user, now: StoreFixture.start).change.revision
    }

    @Test("A page hears of what its user writes, with sections and addresses", arguments: TestEngine.both)
    func ownWrites(engine: TestEngine) async throws {
        let harness = try await Harness(on: engine)
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                let hello = try await listener.event()
                #expect(hello.name == "hello" && hello.id != nil)
                let answer = try await client.post("/api/ideaboards", json: #"{"title":"Hooks"}"#, [.cookie: cookie])
                #expect(answer.status == .created)
                let change = try await listener.event()
                #expect(change.name == "change" && change.id == change.data["revision"]?.digits)
                #expect(change.data["sections"]?.array?.contains(.text("ideaboards")) == true)
                #expect(change.data["addresses"]?.array?.contains(.text("/ideaboards/")) == true)
                #expect(change.data["sections"]?.array?.contains(.text("downloads")) == false)
            }
        }
    }

    @Test("and of what another process writes for them", arguments: TestEngine.both)
    func foreignWrites(engine: TestEngine) async throws {
        let harness = try await Harness(on: engine)
        let cookie = try await harness.cookie(of: harness.mara)
        let other = try StoreFixture.open(harness.fixture.location)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                let revision = try board(other, harness.mara)
                #expect(try await listener.event().id == "\(revision)")
            }
        }
        try other.close()
    }

    @Test("Nobody hears of another user's writes", arguments: TestEngine.both)
    func apart(engine: TestEngine) async throws {
        let harness = try await Harness(on: engine) { $0.events.heartbeat = .milliseconds(200) }
        let noor = NewUser(
            email: "noor@example.com", name: nil, password: PasswordHash(encoded: "none"), isOperator: false)
        let user = try #require(try await harness.fixture.store.createUser(noor, now: StoreFixture.start))
        harness.accounts.adopt(try #require(await harness.fixture.store.user(user)))
        let (hers, his) = (try await harness.cookie(of: harness.mara), try await harness.cookie(of: user))

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, hers) { mara in
                try await Listener.listen(client.port, his) { noor in
                    _ = (try await mara.event(), try await noor.event())
                    let first = try board(harness.fixture.store, harness.mara)
                    #expect(try await mara.event().id == "\(first)")
                    let second = try board(harness.fixture.store, user)
                    let heard = try await noor.event()
                    #expect(heard.id == "\(second)", "his is the first that he hears of")
                    #expect(noor.events.map(\.name) == ["hello", "change"])
                }
            }
        }
    }

    @Test("Whoever comes back hears of what they missed, and of everything after a restored backup")
    func missed() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let store = harness.fixture.store
        let (first, second) = (try board(store, harness.mara), try board(store, harness.mara))

        try await harness.test(.live) { client in
            for (sent, isQuery) in [(first, true), (first, false), (second + 50, false)] {
                let (query, field) = isQuery ? ("?last_event_id=\(sent)", "") : ("", "Last-Event-ID: \(sent)\r\n")
                try await Listener.listen(client.port, cookie, query: query, fields: field) { listener in
                    #expect(try await listener.event().id == "\(sent)")
                    let change = try await listener.event()
                    #expect(change.id == "\(second)")
                    #expect((change.data["sections"]?.array?.count == Section.allCases.count) == (sent > second))
                }
            }
            #expect(try await client.get("/api/events?last_event_id=x", [.cookie: cookie]).status == .badRequest)
        }
    }

    @Test("The progress of a job is told, without a new revision", arguments: TestEngine.both)
    func progress(engine: TestEngine) async throws {
        let harness = try await Harness(on: engine)
        let (store, now) = (harness.fixture.store, StoreFixture.start)
        let cookie = try await harness.cookie(of: harness.mara)
        _ = try await store.enqueue(EndSessionsJob(), JobTerms(userID: harness.mara), now: now)
        let claim = JobClaim(
            worker: "test", names: [EndSessionsJob.jobName], places: [EndSessionsJob.queue: 1],
            leaseUntil: now.adding(seconds: 9))
        let lease = try #require(try await store.exchange([], for: claim, now: now).claimed.first?.lease)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                #expect(try await listener.event().data["jobs"]?.array?.first?["progress"] == .null)
                _ = try await store.extend([lease: 0.25], until: now.adding(seconds: 20), now: now)
                let told = try await listener.event()
                #expect(told.name == "jobs" && told.id == nil)
                #expect(told.data["jobs"]?.array?.first?["progress"] == .number(0.25))
                #expect(told.data["jobs"]?.array?.first?["job_type"] == .text(EndSessionsJob.jobName))
            }
        }
    }

    @Test("A silent stream says that it lives")
    func heartbeat() async throws {
        let harness = try await Harness {
            ($0.events.heartbeat, $0.idleTimeout) = (.milliseconds(100), .seconds(2))
        }
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                try await listener.read { $0.ranges(of: ": still here\n\n").count > 30 }
            }
        }
    }

    @Test("Only signed-in browsers may listen, and a HEAD takes no seat")
    func allowed() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            #expect(try await client.get("/api/events").status == .unauthorized)
            #expect(try await client.get("/api/events", [.authorization: "Bearer kap_x"]).status == .unauthorized)
            for _ in 0..<8 {
                let head = try await client.head("/api/events", [.cookie: cookie])
                #expect(head.status == .ok && head.headers[.contentType] == "text/event-stream")
                #expect(head.headers[.cacheControl] == "no-store")
            }
            #expect(harness.server.events.count == 0)
        }
    }
}

extension JSON {
    /// A whole number as text.
    fileprivate var digits: String? {
        guard case .integer(let value) = self else { return nil }
        return "\(value)"
    }
}
