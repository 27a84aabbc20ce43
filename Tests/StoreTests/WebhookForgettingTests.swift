import Core
import Store
import TestSupport
import Testing

@Suite("The webhook ledger")
struct WebhookForgettingTests {
    private let start = StoreFixture.start

    private func event(_ id: String) -> WebhookEvent {
        WebhookEvent(source: "clerk", eventID: id, type: "user.updated", body: #"{"email":"canary@example.com"}"#)
    }

    @Test("forgets what an event said once it is applied, and still knows that it came")
    func applied() async throws {
        let fixture = try await StoreFixture()
        #expect(try await fixture.store.record(event("msg_1"), now: start))
        #expect(try await fixture.store.event(source: "clerk", eventID: "msg_1") == event("msg_1"))

        try await fixture.store.markApplied(source: "clerk", eventID: "msg_1", now: start)

        #expect(try await fixture.store.event(source: "clerk", eventID: "msg_1") == nil)
        #expect(try await fixture.store.forgetEvents(before: start.adding(hours: 1)) == 0, "nothing is left to forget")
        #expect(try await !fixture.store.record(event("msg_1"), now: start))
    }

    @Test("forgets after a while what was never applied")
    func failed() async throws {
        let fixture = try await StoreFixture()
        for (id, hours) in [("old", 0.0), ("new", 2)] {
            _ = try await fixture.store.record(event(id), now: start.adding(hours: hours))
        }

        #expect(try await fixture.store.forgetEvents(before: start.adding(hours: 1)) == 1)
        #expect(try await fixture.store.event(source: "clerk", eventID: "old")?.body == "")
        #expect(try await fixture.store.event(source: "clerk", eventID: "new") == event("new"))
    }
}
