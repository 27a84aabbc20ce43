import Core
import Metrics
import Synchronization

/// What a worker counts.
final class JobMetrics: Sendable {
    private let running = Mutex<[JobQueue: Int]>([:])

    func began(_ job: LeasedJob) {
        count(1, in: job.queue)
    }

    /// Its code has returned after so long, however it ended.
    func ended(_ job: LeasedJob, after duration: Duration) {
        count(-1, in: job.queue)
        Timer(label: "kapture_job_duration", dimensions: [("job", job.name)]).recordMilliseconds(duration.milliseconds)
    }

    func concluded(_ job: LeasedJob, _ outcome: JobOutcome) {
        Counter(label: "kapture_jobs", dimensions: [("job", job.name), ("outcome", outcome.label)]).increment()
    }

    /// A report came too late.
    func refused() {
        Counter(label: "kapture_job_reports_refused").increment()
    }

    private func count(_ step: Int, in queue: JobQueue) {
        let now = running.withLock { running in
            running[queue, default: 0] += step
            return running[queue, default: 0]
        }
        Gauge(label: "kapture_jobs_running", dimensions: [("queue", queue.rawValue)]).record(now)
    }
}

extension JobOutcome {
    fileprivate var label: String {
        switch self {
        case .done: "done"
        case .cancelled: "cancelled"
        case .released: "released"
        case .retry: "retried"
        case .failed(let failure): "failed_\(failure.failureClass.rawValue)"
        }
    }
}
