import Core
import Hummingbird
import HummingbirdTesting
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import API

@Suite("The end of event streams", .timeLimit(.minutes(5)))
struct EventEndTests {
    enum Ending: CaseIterable {
        case signOut, session, password, deletion, expiry
    }

    @Test("A stream ends with its session, and says so", arguments: Ending.allCases)
    func session(_ ending: Ending) async throws {
        let harness = try await Harness { $0.events.heartbeat = .milliseconds(100) }
        let (mine, other) = (try await harness.cookie(of: harness.mara), try await harness.cookie(of: harness.mara))

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, mine) { listener in
                #expect(listener.head.hasPrefix("HTTP/1.1 200 OK"))
                _ = try await listener.event()
                try await end(ending, harness, client, mine, other)
                #expect(try await listener.event().name == "end")
                try await listener.closed()
            }
        }
        #expect(harness.server.events.count == 0)
    }

    private func end(
        _ ending: Ending, _ harness: Harness, _ client: any TestClientProtocol, _ mine: String, _ other: String
    ) async throws {
        switch ending {
        case .signOut:
            #expect(try await client.post("/api/auth/sign-out", form: "", [.cookie: mine]).status == .seeOther)
        case .session:
            let sessions = try await client.get("/api/sessions", [.cookie: mine]).json["data"]?.array ?? []
            let id = try #require(sessions.first { $0["is_current"] == .bool(true) }?["id"]?.text)
            #expect(try await client.delete("/api/sessions/\(id)", [.cookie: other]).status == .ok)
        case .password:
            let json = #"{"password":"brand new one"}"#
            #expect(try await client.post("/api/auth/password", json: json, [.cookie: other]).status == .ok)
        case .deletion:
            #expect(try await client.post("/api/auth/user/delete", json: "{}", [.cookie: other]).status == .accepted)
        case .expiry:
            harness.clock.advance(seconds: APISettings.sessionLifetime + 1)
        }
    }

    @Test("Another process ends a session, and with it its stream", arguments: TestEngine.both)
    func elsewhere(engine: TestEngine) async throws {
        let harness = try await Harness(on: engine, adapt: { $0.accounts = $1 })
        let cookie = try await harness.cookie(of: harness.mara)
        let other = try StoreFixture.open(harness.fixture.location)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                let session = try #require(
                    try await other.sessions(of: harness.mara, now: harness.clock.read()).first?.id)
                #expect(try await other.deleteSession(session, of: harness.mara))
                #expect(try await listener.event().name == "end")
            }
        }
        try other.close()
    }

    @Test("A client that does not read is let go, however much there is to tell")
    func stuck() async throws {
        let updates = Flood()
        let harness = try await Harness {
            ($0.events.patience, $0.events.heartbeat) = (.milliseconds(200), .milliseconds(100))
        } adapt: { ports, _ in
            ports.updates = updates
        }
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                while harness.server.events.count > 0 {
                    updates.more()
                    await Task.yield()
                }
                #expect(updates.told > 1)
            }
        }
    }

    @Test("No more streams than a user may have, nor than there may be; one that closes makes room")
    func limits() async throws {
        let harness = try await Harness { ($0.events.perUser, $0.events.total) = (2, 3) }
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            let port = client.port
            try await Listener.listen(port, cookie) { first in
                try await Listener.listen(port, cookie) { second in
                    _ = (try await first.event(), try await second.event())
                    let refused = try await client.get("/api/events", [.cookie: cookie])
                    #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "30")
                }
                while harness.server.events.count > 1 { await Task.yield() }
                try await Listener.listen(port, cookie) { _ = try await $0.event() }
            }
            while harness.server.events.count > 0 { await Task.yield() }
            let seats = try (0..<3).map { try harness.server.events.join(UserID(rawValue: "\($0)")) {} }
            #expect(try await client.get("/api/events", [.cookie: cookie]).status == .serviceUnavailable)
            withExtendedLifetime(seats) {}
        }
    }

    @Test("Opening streams counts against the rate limit, what they tell does not")
    func rate() async throws {
        let harness = try await Harness { $0.rateLimit = RateLimit(2) }
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test(.live) { client in
            try await Listener.listen(client.port, cookie) { listener in
                _ = try await listener.event()
                for number in 0..<10 {
                    let change = try harness.fixture.store.createIdeaboard(
                        "\(number)", content: "", for: harness.mara, now: StoreFixture.start
                    ).change
                    while try await listener.event().id != "\(change.revision)" {}
                }
                #expect(try await client.get("/api/jobs", [.cookie: cookie]).status == .ok)
                #expect(try await client.get("/api/jobs", [.cookie: cookie]).status == .tooManyRequests)
            }
        }
    }

    @Test("The server stops with streams open, and each ends properly")
    func shutdown() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let group = ServiceGroup(
            services: [harness.server.makeApplication { port.yield($0) }], logger: Harness.quiet)

        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            let number = try #require(await ports.first { _ in true })
            try await Listener.listen(number, cookie) { listener in
                _ = try await listener.event()
                await group.triggerGracefulShutdown()
                try await listener.closed()
                try await tasks.next()
                #expect(!listener.text.contains("event: end"), "so that the page comes back to the next server")
            }
        }
    }
}
