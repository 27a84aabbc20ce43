import Core
import Logging
import ServiceLifecycle
import Synchronization

/// The open streams of this process: counts them, and tells each what changed for its user. Reads nothing for users
/// without one, and does not watch the database while there are none.
final class EventHub: Service {
    private struct State {
        var boxes: [UserID: [Int: EventBox]] = [:]
        var count = 0
        var nextNumber = 0
    }

    let settings: EventSettings
    private let updates: any UpdateReading
    private let logger: Logger
    private let state = Mutex(State())
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    init(_ updates: any UpdateReading, _ settings: EventSettings, logger: Logger) {
        (self.updates, self.settings, self.logger) = (updates, settings, logger)
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var count: Int { state.withLock { $0.count } }

    /// A seat for one more stream of the user, given back when nobody holds it any more. Throws above the limits.
    func join(_ user: UserID, hangUp: @escaping @Sendable () -> Void) throws -> EventSeat {
        let box = EventBox(of: user, hangUp: hangUp)
        let number = try state.withLock { state in
            guard state.boxes[user, default: [:]].count < settings.perUser else {
                throw APIFailure.tooManyStreams(settings.perUser)
            }
            guard state.count < settings.total else { throw APIFailure.noStreamLeft }
            state.nextNumber += 1
            state.count += 1
            state.boxes[user, default: [:]][state.nextNumber] = box
            return state.nextNumber
        }
        arrival.yield()
        return EventSeat(box) { [weak self] in self?.leave(user, number) }
    }

    /// How things stand for the user; `nil` when there is no such user.
    func standing(of user: UserID) async throws -> UserUpdate? {
        try await updates.updates(of: [user])[user]
    }

    /// Sessions of these users may have ended: lets their streams ask.
    func lookAtSessions(of users: Set<UserID>) {
        for box in boxes(of: users) { box.look() }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in self.arrivals { await self.serve() }
        }
    }

    /// As long as there are streams.
    private func serve() async {
        await withTaskGroup { group in
            group.addTask { await self.follow() }
            group.addTask { await self.keepTime() }
            await group.next()
            group.cancelAll()
        }
    }

    private func keepTime() async {
        while count > 0 {
            guard (try? await Task.sleep(for: settings.tick)) != nil else { return }
            let now = ContinuousClock.now
            for box in boxes() { box.tick(now, patience: settings.patience) }
        }
    }

    private func follow() async {
        for await news in updates.changes() {
            for box in boxes(of: news.signedOut) { box.look(isDoubted: true) }
            let concerned = news.progressed.union(news.sites.compactMap(\.user))
            await tell(news.isIncomplete ? nil : concerned)
        }
    }

    /// Tells these users, everybody without them, how things stand. Tries again until the store answers.
    private func tell(_ users: Set<UserID>?) async {
        while !Task.isCancelled {
            let present = state.withLock { Set($0.boxes.keys) }
            let asked = users?.intersection(present) ?? present
            if asked.isEmpty { return }
            do {
                let found = try await updates.updates(of: asked)
                for box in boxes(of: asked) { found[box.user].map(box.offer) ?? box.look() }
                return
            } catch {
                logger.warning("Open pages not told of a change yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func leave(_ user: UserID, _ number: Int) {
        state.withLock { state in
            guard state.boxes[user]?.removeValue(forKey: number) != nil else { return }
            state.count -= 1
            if state.boxes[user]?.isEmpty == true { state.boxes[user] = nil }
        }
    }

    private func boxes() -> [EventBox] {
        state.withLock { $0.boxes.values.flatMap(\.values) }
    }

    private func boxes(of users: Set<UserID>) -> [EventBox] {
        state.withLock { state in users.flatMap { state.boxes[$0].map { Array($0.values) } ?? [] } }
    }
}

/// One stream's place among those that are counted, until nobody holds it any more.
final class EventSeat: Sendable {
    let box: EventBox
    private let leave: @Sendable () -> Void

    init(_ box: EventBox, leave: @escaping @Sendable () -> Void) {
        (self.box, self.leave) = (box, leave)
    }

    deinit { leave() }
}

extension EventHub: Measuring {
    var name: String { "events" }

    func figures(now: Instant) async throws -> [Figure] {
        [Figure("kapture_event_streams", .gauge, [], Double(count))]
    }
}

extension Change {
    fileprivate var user: UserID? {
        if case .user(let user) = site { user } else { nil }
    }
}

extension APIFailure {
    fileprivate static func tooManyStreams(_ limit: Int) -> APIFailure {
        APIFailure(
            code: .rateLimited, message: "\(limit) pages of yours listen already. Close one of them.",
            headers: [.retryAfter: "30"])
    }

    fileprivate static let noStreamLeft = APIFailure(
        code: .unavailable, message: "Too many pages listen already. They stay usable without it.",
        headers: [.retryAfter: "30"])
}
