import Core

extension KaptureServer {
    /// The ports that the routes talk to.
    package struct Ports: Sendable {
        package var accounts: any AccountKeeping
        package var status: any StatusReading
        package var pictures: any PictureKeeping
        package var trends: any TrendListing & TrendEditing & TrendBulkEditing
        package var watchlists: any WatchlistKeeping
        package var boards: any IdeaboardReading & IdeaboardWriting
        package var library: any LibraryReading & LibraryWriting
        package var jobs: any JobListing & JobSteering
        package var updates: any UpdateReading
        package var tokens: any TokenKeeping
        /// The way to the issuer of `APISettings.issuer`.
        package var fetching: (any Fetching)?
        /// Without them there are no plans to tell of.
        package var quotas: (any QuotaKeeping)?
        package var sites: any SiteReading
        package var rendering: any PageRendering
        package var markdown: any MarkdownRendering
        package var publishing: any Publishing

        /// Everything that the store does for the API.
        package typealias Storing = AccountKeeping & TokenKeeping & StatusReading & TrendListing & TrendEditing
            & TrendBulkEditing & WatchlistKeeping & IdeaboardReading & IdeaboardWriting & LibraryReading
            & LibraryWriting & JobListing & JobSteering & UpdateReading & PictureKeeping

        package init(
            store: some Storing, sites: any SiteReading, rendering: any PageRendering & MarkdownRendering,
            publishing: any Publishing
        ) {
            (accounts, tokens, status, jobs, updates, pictures) = (store, store, store, store, store, store)
            (trends, watchlists, boards, library) = (store, store, store, store)
            markdown = rendering
            (self.sites, self.rendering, self.publishing) = (sites, rendering, publishing)
        }
    }
}
