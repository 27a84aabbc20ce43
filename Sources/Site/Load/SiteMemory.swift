import Core

/// What one publish of a site leaves for the next one of the same process: work that need not be done twice.
struct SiteMemory: Sendable {
    let cards: ListedCards
    /// Pages of lists by their addresses, as they were last rendered.
    var lists: [String: Remembered]

    struct Remembered: Sendable {
        let page: TrendsPage
        let digest: PageDigest
    }
}
