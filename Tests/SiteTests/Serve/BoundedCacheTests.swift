import Dispatch
import TestSupport
import Testing

@testable import Site

@Suite("Bounded cache")
struct BoundedCacheTests {
    /// The total cost of what is in it, by asking for every key.
    private func held(_ cache: BoundedCache<Int, Int>, _ costs: [Int: Int]) -> Int {
        costs.reduce(0) { $0 + (cache[$1.key] == nil ? 0 : $1.value) }
    }

    @Test(
        "It never holds more than its limit, and what it gives is what was put last",
        arguments: 1...5 as ClosedRange<UInt64>)
    func bound(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let cache = BoundedCache<Int, Int>(limit: 100)
        var (latest, costs): ([Int: Int], [Int: Int]) = ([:], [:])
        for step in 0..<2000 {
            let key = Int.random(in: 0..<40, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: _ = cache[Int.random(in: 0..<40, using: &random)]
            case 1:
                cache.remove(key)
                #expect(cache[key] == nil)
            default:
                (latest[key], costs[key]) = (step, Int.random(in: 1...30, using: &random))
                cache.insert(step, for: key, cost: costs[key] ?? 0)
                #expect(cache[key] == step, "seed \(seed)")
            }
        }
        #expect(held(cache, costs) <= 100, "seed \(seed)")
        for (key, value) in latest { #expect(cache[key].map { $0 == value } ?? true, "seed \(seed)") }
    }

    @Test("What is used stays, what is not goes")
    func secondChance() {
        let cache = BoundedCache<String, Int>(limit: 10)
        cache.insert(0, for: "used", cost: 1)
        for step in 0..<100 {
            #expect(cache["used"] == 0)
            cache.insert(step, for: "\(step)", cost: 1)
        }
        #expect(cache["0"] == nil && cache["99"] == 99)
    }

    @Test("A value larger than the cache is not kept, nor is what it was to replace")
    func tooLarge() {
        let cache = BoundedCache<String, Int>(limit: 10)
        cache.insert(1, for: "a", cost: 5)
        cache.insert(2, for: "a", cost: 11)
        #expect(cache["a"] == nil)
        cache.insert(3, for: "b", cost: 10)
        #expect(cache["b"] == 3)
    }

    @Test("Many threads at once break nothing")
    func threads() {
        let cache = BoundedCache<Int, Int>(limit: 64)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for step in 0..<2000 {
                let key = (thread * 31 + step * 7) % 97
                cache.insert(key * 2, for: key, cost: 1 + step % 9)
                #expect(cache[key].map { $0 == key * 2 } ?? true)
                if step % 5 == 0 { cache.remove((key + 1) % 97) }
            }
        }
        #expect((0..<97).filter { cache[$0] != nil }.count <= 64)
    }
}
