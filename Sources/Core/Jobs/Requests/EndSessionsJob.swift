/// Removes sessions that have expired.
package struct EndSessionsJob: JobRequest, Hashable {
    package static let jobName = "end-sessions"
    package static let queue = JobQueue.upkeep

    package init() {}
}
