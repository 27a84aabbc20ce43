import Core
import TestSupport
import Testing

@Suite("Value at an age")
struct PostHistoryTests {
    @Test(
        "One of the snapshots around the age lies within age/1.5 and 1.5 age, the bounds included",
        arguments: [
            (20, 100, true), (19.9, 100, false), (1, 45, true), (1, 45.1, false), (19.9, 45.1, false), (20, 45, true),
        ] as [(Double, Double, Bool)])
    func window(_ before: Double, _ after: Double, _ isKnown: Bool) {
        let history = Histories.views([(before, 10), (after, 20)])
        #expect((history.value(of: .views, atAge: 30) != nil) == isKnown)
    }

    @Test("At a snapshot it is the snapshot's own value, however lonely that is")
    func exact() {
        let history = Histories.views([(0.5, 3), (30, 77), (500, 900)])
        #expect(history.value(of: .views, atAge: 30) == 77)
        #expect(history.value(of: .views, atAge: 500) == 900)
    }

    @Test("It is never guessed beyond the snapshots", arguments: [19.9, 40.1, 0, -3])
    func beyond(_ age: Double) {
        #expect(Histories.views([(20, 10), (40, 20)]).value(of: .views, atAge: age) == nil)
    }

    @Test("Without a publish time there is no age")
    func undated() {
        let history = Histories.views([(20, 10), (30, 15), (40, 20)], isDated: false)
        #expect(history.value(of: .views, atAge: 30) == nil)
    }

    @Test("Zero has a place on the way: 0 and 9,999 are 99 halfway")
    func fromZero() throws {
        let value = try #require(Histories.views([(20, 0), (40, 9999)]).value(of: .views, atAge: 30))
        #expect(abs(value - 99) < 0.001)
    }

    @Test("A sighting from before the publish time is no neighbour")
    func beforeBirth() {
        #expect(Histories.views([(-10, 5), (10, 50)]).value(of: .views, atAge: 8) == nil)
    }

    @Test("Sightings without the number are passed over, not read as zero")
    func unknown() throws {
        let value = try #require(Histories.views([(20, 99), (25, nil), (40, 9999)]).value(of: .views, atAge: 30))
        #expect(abs(value - 999) < 0.01)
    }

    @Test(
        "A value lies between its neighbours, and grows with age where they do",
        arguments: 1...20 as ClosedRange<UInt64>)
    func between(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let start = Double.random(in: 1...400, using: &random)
            let end = start * Double.random(in: 1.05...2, using: &random)
            let low = Int64.random(in: 0...1_000_000, using: &random)
            let high = low + Int64.random(in: 0...1_000_000_000, using: &random)
            let history = Histories.views([(start, low), (end, high)])

            let ages = [0.1, 0.5, 0.9].map { start + $0 * (end - start) }
            let values = try ages.map { try #require(history.value(of: .views, atAge: $0), "seed \(seed)") }

            #expect(values == values.sorted(), "seed \(seed): \(values)")
            let slack = Double(high) * 1e-9 + 1e-6
            let bounds = Double(low) - slack...Double(high) + slack
            #expect(values.allSatisfy(bounds.contains), "seed \(seed): \(low)...\(high), \(values)")
        }
    }

    @Test("The measure is views where any sighting knows them, else likes, else none")
    func measure() {
        let both = Histories.history([(1, Counts(likes: 5)), (2, Counts(views: 1))])
        #expect(both.measure == .views)
        #expect(both.values(of: .views).map(\.value) == [1])
        #expect(Histories.likes([(1, 5)]).measure == .likes)
        #expect(Histories.history([(1, Counts(shares: 5, comments: 2))]).measure == nil)
    }
}
