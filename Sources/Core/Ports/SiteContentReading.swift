/// Reads what the pages of a site are made from.
///
/// Calls without `async` block their thread on the database: publishers call them on threads of their own.
package protocol SiteContentReading: Sendable {
    /// Key and revision of a site at the price of one read by key; `nil` when there is no such site.
    func version(of site: SiteName) throws -> SiteVersion?

    /// As `version`, only where that takes microseconds, so that it may be called on an event loop: `nil` where it takes
    /// a trip to a server, too.
    func versionAtOnce(of site: SiteName) throws -> SiteVersion?

    /// As `version`, without blocking the caller's thread for longer than microseconds.
    func currentVersion(of site: SiteName) async throws -> SiteVersion?

    /// Runs `body` over one consistent snapshot that begins now; `nil` when there is no such site.
    func withSnapshot<Value>(of site: SiteName, _ body: (any SiteSnapshot) throws -> Value) throws -> Value?

    /// Every user's site with its version, in order of user id.
    func userSites() throws -> [(user: UserID, version: SiteVersion)]
}

/// One user's data at one moment; for the site of a shared board, its owner's.
package protocol SiteSnapshot {
    var head: SiteHead { get }

    func user() throws -> User
    /// Oldest first.
    func watchlists() throws -> [Watchlist]
    /// The newest `limit` trends and all saved ones, hidden ones included, newest first; without text and hashtags but
    /// for the first `whole`, which is at most `limit`.
    func listedTrends(limit: Int, whole: Int) throws -> [Trend]
    /// Saved trends, newest first, without text and hashtags.
    func savedTrends() throws -> [Trend]
    /// Whole trends with these ids, in any order; unknown ids are left out.
    func trends(_ ids: [TrendID]) throws -> [Trend]
    /// Ids of the trends whose row changed after `revision`, deleted ones not among them.
    func trendIDs(changedAfter revision: Int64) throws -> [TrendID]
    /// Every ideaboard, last edited first, without its content.
    func ideaboards() throws -> [Ideaboard]
    /// Every collection of the library with what was put into it, in order of name.
    func collections() throws -> [CollectionContents]
    /// The content of the ideaboards whose row changed after `revision`.
    func ideaboardTexts(changedAfter revision: Int64) throws -> [IdeaboardID: String]
    func ideaboard(_ id: IdeaboardID) throws -> Ideaboard?
    /// The board that is shared under this slug, whole.
    func sharedIdeaboard(_ slug: String) throws -> Ideaboard?
    /// Of the user's newest `limit` jobs those that wait, run or failed, newest first.
    func openJobs(among limit: Int) throws -> [Job]
    /// What is used of the plan in the period that contains `now`, and held now.
    func usage(at now: Instant) throws -> UsageTally
}

extension SiteSnapshot {
    package func listedTrends(limit: Int) throws -> [Trend] { try listedTrends(limit: limit, whole: 0) }
}
