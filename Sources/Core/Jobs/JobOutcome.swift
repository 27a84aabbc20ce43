/// How an attempt ended.
package enum JobOutcome: Sendable, Hashable {
    case done
    case cancelled
    /// Handed back unfinished through no fault of its own: the attempt does not count.
    case released
    case retry(after: Duration, JobFailure)
    case failed(JobFailure)
}

/// Why an attempt was stopped from outside.
package enum JobInterruption: Sendable, Hashable {
    /// The worker shuts down.
    case shutdown
    /// Somebody asked for the job's end.
    case cancelRequest
    /// It took longer than it may.
    case timeout(Duration)
    /// Another worker may have it by now.
    case lostLease
}

/// The attempt that an outcome is about.
package struct JobAttempt: Sendable, Hashable {
    /// 1 is the first.
    package let number: Int
    package let most: Int
    package let policy: RetryPolicy

    package init(_ number: Int, of most: Int, _ policy: RetryPolicy) {
        (self.number, self.most, self.policy) = (number, most, policy)
    }

    package var isLast: Bool { number >= most }
}

extension JobOutcome {
    /// What follows from any ending of an attempt. Work that finished is done, whatever was asked meanwhile; an error
    /// after an interruption is the interruption's doing. `chance` is 0–1 and spreads the retries.
    package init(
        of ending: Result<Void, any Error>, after interruption: JobInterruption?, _ attempt: JobAttempt, chance: Double
    ) {
        switch (ending, interruption) {
        case (.success, _): self = .done
        case (.failure, .shutdown), (.failure, .lostLease): self = .released
        case (.failure, .cancelRequest): self = .cancelled
        case (.failure, .timeout(let limit)):
            let failure = JobFailure(.transient, "It took longer than \(limit.inWords).")
            self.init(of: failure, attempt, chance: chance)
        case (.failure(let error), nil): self.init(of: JobFailure(error), attempt, chance: chance)
        }
    }

    /// Only what passes by itself is tried again, never before the other side allows it.
    private init(of failure: JobFailure, _ attempt: JobAttempt, chance: Double) {
        guard failure.failureClass == .transient, !attempt.isLast else {
            self = .failed(failure)
            return
        }
        let rest = attempt.policy.rest(after: attempt.number, chance: chance)
        self = .retry(after: min(failure.retryAfter ?? .zero, JobOutcome.longestWait) + rest, failure)
    }

    /// Whatever another side asks for: a day is soon enough to ask again.
    private static let longestWait: Duration = .seconds(86_400)
}

extension Duration {
    /// "90 seconds", "10 minutes".
    fileprivate var inWords: String {
        let seconds = components.seconds
        guard seconds >= 120 else { return Figures.plural(Int(seconds), "second") }
        return Figures.plural(Int(seconds / 60), "minute")
    }
}
