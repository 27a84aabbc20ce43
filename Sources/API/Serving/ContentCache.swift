import Synchronization

/// What was prepared lately, by its file and the digest of its bytes: never more than `capacity` bytes.
///
/// Makes room by the clock rule: what was used since the hand last passed gets a second chance.
final class ContentCache: Sendable {
    struct Key: Hashable, Sendable {
        let digest: String
        let policy: CachePolicy
        /// Digests of different sites say nothing about each other. `nil` where everybody sees the same.
        let filePath: String?
    }

    private struct Slot {
        let key: Key
        let content: PreparedContent
        var wasUsed: Bool
    }

    private struct State {
        var slots: [Slot] = []
        var places: [Key: Int] = [:]
        var hand = 0
        var cost = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    var cost: Int { state.withLock { $0.cost } }

    subscript(key: Key) -> PreparedContent? {
        state.withLock { state in
            guard let place = state.places[key] else { return nil }
            state.slots[place].wasUsed = true
            return state.slots[place].content
        }
    }

    /// Keeps the content unless it is larger than the whole cache; of two made at once the first stays.
    func insert(_ content: PreparedContent, for key: Key) {
        state.withLock { state in
            guard content.cost <= capacity, state.places[key] == nil else { return }
            while state.cost + content.cost > capacity { Self.evictOne(&state) }
            state.places[key] = state.slots.count
            state.slots.append(Slot(key: key, content: content, wasUsed: false))
            state.cost += content.cost
        }
    }

    private static func evictOne(_ state: inout State) {
        if state.hand >= state.slots.count { state.hand = 0 }
        while state.slots[state.hand].wasUsed {
            state.slots[state.hand].wasUsed = false
            state.hand = (state.hand + 1) % state.slots.count
        }
        let gone = state.slots[state.hand]
        state.cost -= gone.content.cost
        state.places[gone.key] = nil
        let last = state.slots.removeLast()
        guard last.key != gone.key else { return }
        state.slots[state.hand] = last
        state.places[last.key] = state.hand
    }
}
