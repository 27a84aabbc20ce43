import Core

extension KaptureServer {
    /// The ports that the routes talk to.
    package struct Ports: Sendable {
        package var accounts: any AccountStoring
        package var status: any StatusReading
        package var trends: any TrendListing & TrendEditing
        package var boards: any IdeaboardReading & IdeaboardWriting
        /// Without them no personal token is known.
        package var tokens: (any TokenStoring)?
        package var sites: any SiteReading
        package var rendering: any PageRendering
        package var markdown: any MarkdownRendering
        package var publishing: any Publishing

        /// Everything that the store does for the API.
        package typealias Storing = AccountStoring & StatusReading & TrendListing & TrendEditing & IdeaboardReading
            & IdeaboardWriting

        package init(
            store: some Storing, sites: any SiteReading, rendering: any PageRendering & MarkdownRendering,
            publishing: any Publishing
        ) {
            (accounts, status, trends, boards) = (store, store, store, store)
            markdown = rendering
            (self.sites, self.rendering, self.publishing) = (sites, rendering, publishing)
        }
    }
}
