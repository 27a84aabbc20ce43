import Core
import Templates

/// What goes on outside the pages, and what went wrong there.
package struct JobPanel: Templated {
    /// How many of the newest jobs are looked at.
    static let most = 12

    let lines: [JobLine]

    /// Newest first; `nil` when there is nothing to tell.
    package init?(_ jobs: [Job]) {
        guard !jobs.isEmpty else { return nil }
        lines = jobs.map(JobLine.init)
    }

    package static var fields: Fields<JobPanel> {
        Fields {
            Field.list("lines") { $0.lines }
        }
    }
}

/// One job: what it does, how it stands, what can be done about it.
struct JobLine: Templated {
    let name: String
    let state: String
    let reason: String?
    let moment: Moment
    let isFailed: Bool
    let cancel: Link?
    let retry: Link?

    init(_ job: Job) {
        name = JobWords.name(of: job.name)
        state = JobWords.state(of: job)
        reason = job.state.failure?.reason
        moment = Moment(job.times.completedAt ?? job.times.startedAt ?? job.times.createdAt)
        isFailed = job.status == .failed
        let canEnd = !job.status.isFinal && !job.state.isCancelRequested
        cancel = canEnd ? Link(path: APIRoute.cancelJob(job.id).path) : nil
        retry = isFailed ? Link(path: APIRoute.retryJob(job.id).path) : nil
    }

    static var fields: Fields<JobLine> {
        Fields {
            Field.text("name") { $0.name }
            Field.text("state") { $0.state }
            Field.optionalText("reason") { $0.reason }
            Field.one("moment") { $0.moment }
            Field.flag("isFailed") { $0.isFailed }
            Field.optionalLink("cancel") { $0.cancel }
            Field.optionalLink("retry") { $0.retry }
        }
    }
}

/// Jobs in words.
enum JobWords {
    /// "Delete account" for `delete-account`.
    static func name(of job: String) -> String {
        let words = job.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    static func state(of job: Job) -> String {
        switch job.status {
        case .pending: job.state.tries.done == 0 ? "waiting" : "tried again soon"
        case .processing: job.state.isCancelRequested ? "ending" : "running"
        case .failed: "failed"
        case .completed: "done"
        case .cancelled: "cancelled"
        }
    }
}
