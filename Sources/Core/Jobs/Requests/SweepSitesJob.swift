/// Removes published sites that nobody needs from one data folder.
package struct SweepSitesJob: JobRequest, Hashable {
    package static let jobName = "sweep-sites"
    package static let queue = JobQueue.upkeep

    package init() {}
}
