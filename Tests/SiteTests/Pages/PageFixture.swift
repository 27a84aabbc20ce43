import Core
import Foundation
import Site
import Templates
import TestSupport

/// Made-up values that pages are rendered from, and the repository's templates.
enum PageFixture {
    static let start = CivilTime(year: 2026, month: 3, day: 2, hour: 8).instant

    static func templates() throws -> PageTemplates {
        try PageTemplates(library: TemplateLibrary(folder: RepositoryRoot.path + "/Templates"))
    }

    /// A trend's card, drawn by the repository's template.
    static func card(_ trend: Trend) throws -> TrendCard {
        TrendCard(trend, drawnBy: try allTemplates.get().card)
    }

    private static let allTemplates = Result { try templates() }

    static let assets = AssetAddresses { "/assets/\($0)" }

    static let user = User(
        id: id(1), email: "maya@example.com", name: "Maya Kern", isOperator: false, planID: "free", createdAt: start)

    /// The same user with a picture.
    static let pictured: User = {
        var pictured = user
        pictured.picture = PictureDigest(sha256: [UInt8](0..<32))
        return pictured
    }()

    static func frame(_ watchlists: [Watchlist] = [music, gadgets], of user: User = user) -> SitePageFrame {
        frame(user, watchlists)
    }

    /// The frame of another user.
    static func frame(_ user: User, _ watchlists: [Watchlist], notice: String? = nil) -> SitePageFrame {
        guard case .success(let templates) = allTemplates else { preconditionFailure("\(allTemplates)") }
        return SitePageFrame(
            user: user, watchlists: watchlists, assets: assets, templates: templates.frame, notice: notice)
    }

    static let publicFrame = PublicPageFrame(assets: assets, legal: [])

    static let music = Watchlist(id: id(11), name: "Music launches", rule: .everything, createdAt: start)
    static let gadgets = Watchlist(id: id(12), name: "Gadgets & tools", rule: .everything, createdAt: start)

    static func id<Entity>(_ number: Int) -> Identifier<Entity> {
        let digits = String(number)
        return Identifier(
            rawValue: "0192f0c0-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
    }

    static func post(_ number: Int) -> Post {
        var post = Post(
            platform: .youtube, platformPostID: "video\(number)", contentType: .video,
            url: "https://www.youtube.com/watch?v=video\(number)")
        post.title = "A machine that pays cash, part \(number)"
        post.author = Author(
            platform: .youtube, platformAuthorID: "a", name: "Kiosk Lab", url: "https://www.youtube.com/@k")
        post.publishedAt = start.adding(hours: -30)
        post.duration = 310
        post.hashtags = ["kiosk", "cash"]
        return post
    }

    /// `views` are half a day apart; nil is a sighting without numbers.
    static func trend(
        _ number: Int, views: [Int64?] = [38_000, 96_000, 201_000], post: Post? = nil, state: TrendState = .seen,
        watchlists: [Watchlist] = [music]
    ) -> Trend {
        let history = views.enumerated().map { index, views in
            Snapshot(
                observedAt: start.adding(hours: Double(index) * 12),
                counts: Counts(views: views, likes: views.map { $0 / 20 }))
        }
        let post = post ?? self.post(number)
        let known = PostHistory(id: "\(number)", publishedAt: post.publishedAt, snapshots: history)
        let score = TrendScore(
            velocity: Velocity.of(known), outlier: outlier(8.2), rising: Rising.expectedGain(of: known))
        return Trend(
            id: id(1000 + number), post: post, state: state, history: history, score: score,
            watchlistIDs: watchlists.map(\.id), addedAt: start.adding(seconds: Int64(number)))
    }

    static func outlier(_ ratio: Double) -> Outlier {
        .known(
            ratio: ratio,
            OutlierBasis(
                value: 410_000, measure: .views, ageHours: 36, median: 50_000, peers: 9, cohort: .author, noun: "video")
        )
    }

    static func board(_ number: Int, evidence: [Trend] = []) -> Ideaboard {
        Ideaboard(
            id: id(500 + number), title: "Selling things to machines \(number)", description: "One loop, many objects.",
            content: "## Hook", tags: ["formats"], trendIDs: evidence.map(\.id), createdAt: start, updatedAt: start)
    }

    static func job(_ number: Int, _ status: JobStatus, isCancelRequested: Bool = false, tries: Int = 1) -> Job {
        let failure = JobFailure(.blocked, "YouTube refuses <this> address.")
        let times = Job.Times(
            runAt: start, startedAt: status == .pending ? nil : start, completedAt: status.isFinal ? start : nil,
            createdAt: start, updatedAt: start)
        return Job(
            id: id(700 + number), userID: user.id, name: "scrape-watchlist",
            state: Job.State(
                status, tries: Job.Tries(status == .pending ? 0 : tries, of: 5), progress: nil,
                failure: status == .failed ? failure : nil, isCancelRequested: isCancelRequested),
            times: times)
    }

    static func plan() throws -> Plan {
        let limits = Dictionary(
            uniqueKeysWithValues: PlanLimit.allCases.enumerated().map { ($1, Int64($0 + 1) * 1000) })
        return try Plan(
            id: "free", terms: Plan.Terms(name: "Free", priceUSDPerMonth: 0, order: 1, limits: limits), body: "")
    }

    /// Up to the end of March 2026.
    static let tally = UsageTally(
        period: .calendarMonth(containing: start),
        units: [.scrapes: 12, .watchlists: 2, .ideaboards: 1, .storageGB: 340_000_001])

    static func report() throws -> UsageReport { UsageReport(plan: try plan(), tally: tally) }

    static func article(_ slug: String, _ group: ContentPage.Group = .help, order: Int64 = 1) throws -> ContentPage {
        let heading = ContentPage.Heading(title: "Page \(slug)", description: "About \(slug).", order: order)
        return try ContentPage(group: group, slug: slug, heading: heading, bodyMarkdown: "")
    }
}

extension Template {
    func text(_ page: Page) -> String {
        var bytes: [UInt8] = []
        render(page, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
