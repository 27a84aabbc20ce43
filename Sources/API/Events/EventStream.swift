import Core
import Hummingbird
import NIOCore

/// One client's stream, from its greeting until its session or the server ends, or the client goes.
struct EventStream: Sendable {
    let seat: EventSeat
    let first: UserUpdate
    /// The id of the last event that the client had.
    let last: Int64?
    let settings: EventSettings
    /// `true` asks the store, whatever is remembered.
    let isSignedIn: @Sendable (Bool) async throws -> Bool

    func run(_ writer: inout any ResponseBodyWriter) async throws {
        var teller = EventTeller(last: last)
        var silentSince = ContinuousClock.now
        let greeting = teller.greeting(first, retry: settings.retry)
        try await write(greeting + (teller.events(first) ?? ""), &writer)
        seat.box.look(at: silentSince + settings.heartbeat)
        for await _ in seat.box.bells {
            guard let delivery = seat.box.take() else { return }
            guard try await isSignedIn(delivery.isDoubted) else {
                return try await write(EventTeller.end, &writer)
            }
            let now = ContinuousClock.now
            let isSilent = now >= silentSince + settings.heartbeat
            if let text = delivery.update.flatMap({ teller.events($0) }) ?? (isSilent ? EventTeller.heartbeat : nil) {
                try await write(text, &writer)
                silentSince = now
            }
            seat.box.look(at: silentSince + settings.heartbeat)
        }
    }

    private func write(_ text: String, _ writer: inout any ResponseBodyWriter) async throws {
        seat.box.writing(since: .now)
        defer { seat.box.writing(since: nil) }
        try await writer.write(ByteBuffer(string: text))
    }
}
