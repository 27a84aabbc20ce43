import Core
import Jobs
import Store
import TestSupport
import Testing

@Suite("Scheduler", .timeLimit(.minutes(5)))
struct SchedulerTests {
    private func scheduler(_ place: Workplace, _ expression: String = "*/10 * * * *") throws -> Scheduler<VirtualClock>
    {
        let task = ScheduledTask("tests", try CronSchedule(expression), TestJob(name: "scheduled"))
        return Scheduler(
            [task], firing: place.store, clock: place.clock, now: { place.clock.stamp }, logger: .silent)
    }

    private func jobs(_ place: Workplace) async throws -> Int {
        try await place.store.queueFigures(now: place.clock.stamp).reduce(0) { $0 + $1.counts.values.reduce(0, +) }
    }

    /// Ends every waiting job, as a worker does.
    private func work(_ place: Workplace) async throws {
        let claim = JobClaim(
            worker: "test", names: [TestJob.jobName], places: [TestJob.queue: 10],
            leaseUntil: place.clock.stamp.adding(seconds: 60))
        let claimed = try await place.store.exchange([], for: claim, now: place.clock.stamp).claimed
        _ = try await place.store.exchange(
            claimed.map { JobReport($0.lease, .done) }, for: nil, now: place.clock.stamp)
    }

    @Test("fires nothing for what was due before a task was first seen, then each slot once, with many schedulers")
    func slots() async throws {
        let place = try await Workplace()
        let (one, two) = (try scheduler(place), try scheduler(place))

        try await place.during(one) {
            try await place.during(two) {
                await place.clock.rest(2)
                #expect(try await jobs(place) == 0)
                for slot in 1...3 {
                    for _ in 0..<20 {
                        place.clock.advance(by: .seconds(30))
                        await place.clock.rest(2)
                    }
                    #expect(try await jobs(place) == slot)
                    try await work(place)
                }
            }
        }
    }

    @Test("makes up missed slots by one run")
    func missed() async throws {
        let place = try await Workplace()
        try await place.during(try scheduler(place)) { await place.clock.rest(1) }
        place.clock.advance(by: .seconds(36_000))

        try await place.during(try scheduler(place)) { await place.clock.rest(1) }
        #expect(try await jobs(place) == 1)
    }

    @Test("adds no job while that of an earlier slot waits or runs")
    func overlap() async throws {
        let place = try await Workplace()
        try await place.during(try scheduler(place)) {
            await place.clock.rest(1)
            for _ in 0..<60 {
                place.clock.advance(by: .seconds(30))
                await place.clock.rest(1)
            }
        }
        #expect(try await jobs(place) == 1)
    }

    @Test("sleeps on where a schedule never fires")
    func never() async throws {
        let place = try await Workplace()
        try await place.during(try scheduler(place, "0 0 30 2 *")) {
            for _ in 0..<3 {
                await place.clock.rest(1)
                place.clock.advance(by: .seconds(86_400))
            }
        }
        #expect(try await jobs(place) == 0)
    }
}
