import Core
import Testing

@Suite("Outcome of a job")
struct JobOutcomeTests {
    private struct Strange: Error {}

    private let policy: RetryPolicy = .attempts(4, restingFrom: .seconds(2), upTo: .seconds(10))

    private func outcome(
        _ error: any Error, after interruption: JobInterruption? = nil, attempt: Int = 1, chance: Double = 1
    ) -> JobOutcome {
        JobOutcome(of: .failure(error), after: interruption, JobAttempt(attempt, of: 4, policy), chance: chance)
    }

    @Test(
        "of any error is a class and a sentence",
        arguments: [
            (ServiceFailure("apify", .quota, "The scraper's credit is used up.") as any Error, FailureClass.quota),
            (JobFailure(.blocked, "YouTube refuses this address."), .blocked),
            (ValidationError(field: "keyword", rule: "must not be empty"), .structural),
            (DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "secret")), .structural),
            (Strange(), .transient), (CancellationError(), .transient),
        ])
    func classes(error: any Error, expected: FailureClass) {
        let failure = JobFailure(error)

        #expect(failure.failureClass == expected)
        #expect(failure.reason.hasSuffix("."))
        #expect(!failure.reason.contains("secret") && !failure.reason.contains("Strange"))
    }

    @Test("rests longer after each attempt, up to the longest, anywhere between nothing and that")
    func rests() {
        let rests = (1...5).map { policy.rest(after: $0, chance: 1) }

        #expect(rests == [.seconds(2), .seconds(4), .seconds(8), .seconds(10), .seconds(10)])
        #expect(policy.rest(after: 2, chance: 0) == .zero)
        #expect(policy.rest(after: 2, chance: 0.25) == .seconds(1))
        #expect(policy.rest(after: 1_000_000, chance: 1) == .seconds(10))
    }

    @Test("is another attempt only for what passes by itself, while attempts are left")
    func retries() {
        let passing = JobFailure(.transient, "It was busy.")

        #expect(outcome(passing) == .retry(after: .seconds(2), passing))
        #expect(outcome(passing, attempt: 4) == .failed(passing))
        #expect(outcome(JobFailure(.quota, "Used up.")) == .failed(JobFailure(.quota, "Used up.")))
    }

    @Test("waits as long as the other side asks, and a day at most")
    func retryAfter() {
        let busy = ServiceFailure("reddit", .transient, "Reddit is busy.", retryAfter: .seconds(90))
        let rude = ServiceFailure("reddit", .transient, "Reddit is busy.", retryAfter: .seconds(10_000_000))

        guard case .retry(let rest, _) = outcome(busy), case .retry(let longest, _) = outcome(rude, chance: 0) else {
            Issue.record("not tried again")
            return
        }
        #expect(rest == .seconds(92))
        #expect(longest == .seconds(86_400))
    }

    @Test("after an interruption is what the interruption meant, unless the work was finished")
    func interruptions() {
        #expect(outcome(Strange(), after: .shutdown) == .released)
        #expect(outcome(Strange(), after: .lostLease) == .released)
        #expect(outcome(Strange(), after: .cancelRequest) == .cancelled)
        let late = JobFailure(.transient, "It took longer than 90 seconds.")
        #expect(outcome(Strange(), after: .timeout(.seconds(90))) == .retry(after: .seconds(2), late))
        for interruption in [JobInterruption.shutdown, .lostLease, .cancelRequest, .timeout(.seconds(1))] {
            let attempt = JobAttempt(1, of: 4, policy)
            #expect(JobOutcome(of: .success(()), after: interruption, attempt, chance: 1) == .done)
        }
    }
}
