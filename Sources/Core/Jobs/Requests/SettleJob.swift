/// Brings to its end what was cut off: posts that were stored and not followed up, watchlists that were not matched.
package struct SettleJob: JobRequest, Hashable {
    package static let jobName = "settle"
    package static let queue = JobQueue.upkeep

    package init() {}
}
