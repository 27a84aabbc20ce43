/// Removes assets of earlier releases from one data folder.
package struct TidyAssetsJob: JobRequest, Hashable {
    package static let jobName = "tidy-assets"
    package static let queue = JobQueue.upkeep

    package init() {}
}
