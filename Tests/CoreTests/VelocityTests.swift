import Core
import Testing

@Suite("Velocity")
struct VelocityTests {
    @Test("A sighting without the number is left out, not read as zero")
    func unknownBetween() throws {
        let velocity = try #require(Velocity.of(Histories.views([(0, 100), (12, nil), (24, 340)])))

        #expect(velocity.perHour == 10)
        #expect(velocity.from == Histories.born && velocity.to == Histories.born.adding(hours: 24))
        #expect(velocity.acceleration == nil)
    }

    @Test("Likes count only where no views are known, and are never subtracted from views")
    func measures() throws {
        let likes = try #require(Velocity.of(Histories.likes([(0, 10), (10, 110)])))
        let mixed = Histories.history([
            (0, Counts(likes: 10)), (10, Counts(views: 5000, likes: 110)), (20, Counts(likes: 210)),
        ])

        #expect(likes.measure == .likes && likes.perHour == 10)
        #expect(likes.sentence == "+240 likes a day, measured over 10 h")
        #expect(Velocity.of(mixed) == nil, "one sighting knows views, so two likes are no velocity of views")
    }

    @Test("Acceleration is the change of the rate between the middles of the last two intervals")
    func acceleration() throws {
        let history = Histories.views([(0, 7), (100, 1000), (110, 1100), (140, 1700)])

        let velocity = try #require(Velocity.of(history))

        #expect(velocity.perHour == 20)
        #expect(velocity.acceleration == (20 - 10) / 20.0, "the oldest sighting says nothing about now")
    }

    @Test(
        "The sentence names the rate, its span and whether it changes",
        arguments: [
            ([(0, 0), (24, 2400), (48, 4800)], "+100 views an hour, measured over 24 h, steady"),
            ([(0, 0), (24, 240), (48, 1000)], "+760 views a day, measured over 24 h, speeding up"),
            ([(0, 0), (24, 9000), (48, 9240)], "+240 views a day, measured over 24 h, slowing down"),
            ([(0, 1000), (24, 760)], "-240 views a day, measured over 24 h"),
            ([(0, 5), (24, 5)], "0 views a day, measured over 24 h"),
            ([(0, 0), (0.5, 500_000)], "+1M views an hour, measured over 30 min"),
            ([(0, 0), (240, 100)], "+10 views a day, measured over 10 d"),
        ] as [([(Double, Int64?)], String)])
    func sentence(_ points: [(Double, Int64?)], _ sentence: String) throws {
        #expect(try #require(Velocity.of(Histories.views(points))).sentence == sentence)
    }

    @Test("Ten minutes apart are two sightings, less is one", arguments: [(10.0, true), (9.9, false)])
    func shortest(_ minutes: Double, _ isKnown: Bool) {
        let history = Histories.views([(24, 100), (24 + minutes / 60, 200)])
        #expect((Velocity.of(history) != nil) == isKnown)
    }

    @Test("Of a burst of sightings the last counts, against the last before the burst")
    func burst() throws {
        let history = Histories.views([(0, 0), (24, 2400), (24.05, 2410), (24.1, 2410)])

        let velocity = try #require(Velocity.of(history))

        #expect(velocity.to == Histories.born.adding(hours: 24.1))
        #expect(velocity.from == Histories.born)
    }

    @Test("Without two known values there is none", arguments: [[], [nil], [5], [nil, 5, nil]] as [[Int64?]])
    func none(_ views: [Int64?]) {
        let points = views.enumerated().map { (Double($0) * 24, $1) }
        #expect(Velocity.of(Histories.views(points)) == nil)
    }
}
