import Core
import SQL

extension Connection {
    /// Ends or puts back each reported job unless it is no longer the reporter's; `users` gains the owners of those
    /// that changed. Returns the reports that came too late.
    func settle(_ reports: [JobReport], now: Instant, users: inout Set<UserID>) throws -> Set<JobLease> {
        var refused = Set(reports.map(\.lease))
        try lockHeld(reports.map(\.lease))
        // Outcomes that are written alike are written in one statement.
        let groups = Dictionary(grouping: reports, by: \.outcome)
        let returning = groups.filter { $0.key.isReturn }.flatMap(\.value).map(\.lease)
        // An end that somebody asked for comes before another attempt.
        let asked: Query = "\(JobLease.areHeld(returning)) AND is_cancel_requested = 1"
        if !returning.isEmpty { refused.subtract(try change(.ended("cancelled", now), where: asked, users: &users)) }
        for (outcome, reports) in groups {
            let held = JobLease.areHeld(reports.map(\.lease))
            refused.subtract(try change(outcome.assignments(now), where: held, users: &users))
        }
        return refused
    }

    /// Keeps others from asking for the end of these jobs between the statement that looks and the one that puts back.
    private func lockHeld(_ leases: [JobLease]) throws {
        guard dialect.sharesRows, !leases.isEmpty else { return }
        let held = JobLease.areHeld(leases)
        try forEach("SELECT id FROM background_jobs WHERE \(held) ORDER BY id \(dialect.locking)") { _ in }
    }

    /// Updates jobs and returns the leases under which they were held.
    @discardableResult
    func change(_ assignments: Query, where condition: Query, users: inout Set<UserID>) throws -> [JobLease] {
        let changed = try rows(
            "UPDATE background_jobs SET \(assignments) WHERE \(condition) RETURNING id, lease_token, user_id"
        ) { (JobLease($0.id(0), token: $0.integer(1)), $0.optionalText(2).map(UserID.init(rawValue:))) }
        users.formUnion(changed.compactMap(\.1))
        return changed.map(\.0)
    }
}

extension JobOutcome {
    /// Whether the job waits again afterwards.
    fileprivate var isReturn: Bool {
        switch self {
        case .released, .retry: true
        case .done, .cancelled, .failed: false
        }
    }

    fileprivate func assignments(_ now: Instant) -> Query {
        switch self {
        case .done: .ended("completed", now)
        case .cancelled: .ended("cancelled", now)
        case .failed(let failure): .ended("failed", now, failure)
        case .released:
            """
            status = 'pending', attempts = attempts - 1, worker_id = NULL, lease_until = NULL, progress = NULL,
                updated_at = \(now)
            """
        case .retry(let rest, let failure):
            """
            status = 'pending', worker_id = NULL, lease_until = NULL, scheduled_at = \(now.adding(rest)),
                failure_class = \(failure.failureClass.rawValue), error_message = \(failure.storedReason),
                updated_at = \(now)
            """
        }
    }
}

extension Query {
    /// The assignments of a final state.
    static func ended(_ status: String, _ now: Instant, _ failure: JobFailure? = nil) -> Query {
        """
        status = \(status), worker_id = NULL, lease_until = NULL, is_cancel_requested = 0, completed_at = \(now),
            failure_class = \(failure?.failureClass.rawValue), error_message = \(failure?.storedReason),
            updated_at = \(now)
        """
    }
}

extension JobFailure {
    /// One line without control characters, bounded.
    var storedReason: String {
        let printable = reason.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String(String.UnicodeScalarView(printable)).prefix(JobLimits.reasonLength))
    }
}
