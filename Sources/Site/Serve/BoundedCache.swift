import Synchronization

/// A cache with a limit on the total cost of its values: when it is full, values not asked for since the last round go.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot {
        let key: Key
        let value: Value
        let cost: Int
        var wasUsed: Bool
    }

    private struct State {
        var slots: [Slot] = []
        var places: [Key: Int] = [:]
        var cost = 0
        var hand = 0

        mutating func remove(_ key: Key) {
            guard let place = places.removeValue(forKey: key) else { return }
            cost -= slots[place].cost
            let last = slots.removeLast()
            guard place < slots.count else { return }
            slots[place] = last
            places[last.key] = place
        }

        /// Second chance: the hand passes over values that were used since it last came by.
        mutating func evictOne() {
            while true {
                if hand >= slots.count { hand = 0 }
                guard slots[hand].wasUsed else { return remove(slots[hand].key) }
                slots[hand].wasUsed = false
                hand += 1
            }
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    subscript(key: Key) -> Value? {
        state.withLock { state in
            guard let place = state.places[key] else { return nil }
            state.slots[place].wasUsed = true
            return state.slots[place].value
        }
    }

    /// A value that costs more than the whole cache is not kept, nor is what it was to replace.
    func insert(_ value: Value, for key: Key, cost: Int) {
        state.withLock { state in
            state.remove(key)
            guard cost <= limit else { return }
            while state.cost + cost > limit { state.evictOne() }
            state.places[key] = state.slots.count
            state.slots.append(Slot(key: key, value: value, cost: cost, wasUsed: false))
            state.cost += cost
        }
    }

    func remove(_ key: Key) {
        state.withLock { $0.remove(key) }
    }
}
