import Core

/// Jobs by queue and state, and how long the oldest due one has waited.
package struct QueueMeasure: Measuring {
    package let name = "jobs"
    private let queues: any QueueMeasuring

    package init(_ queues: any QueueMeasuring) {
        self.queues = queues
    }

    package func figures(now: Instant) async throws -> [Figure] {
        try await queues.queueFigures(now: now).flatMap { figures(of: $0, now: now) }
    }

    private func figures(of state: QueueFigures, now: Instant) -> [Figure] {
        let label = Figure.Label("queue", state.queue.rawValue)
        let counts = JobStatus.allCases.map { status in
            Figure(
                "kapture_jobs", .gauge, [label, Figure.Label("state", status.rawValue)],
                Double(state.counts[status] ?? 0))
        }
        let waited = state.dueSince.map { Double(max(0, now.milliseconds - $0.milliseconds)) / 1000 } ?? 0
        return counts + [Figure("kapture_jobs_oldest_due_seconds", .gauge, [label], waited)]
    }
}
