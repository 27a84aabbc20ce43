import Core
import Site
import Templates

/// Every page once, from made-up values: rendered, and compared with its file in `Golden/`.
enum GoldenPage: String, CaseIterable, Sendable {
    case dashboard, trends, trend, ideaboards, ideaboard, downloads, library, settings, account
    case landing, pricing, help, article
    case signIn = "sign-in"
    case signUp = "sign-up"
    case notFound = "not-found"
    case offline, failure
    case dashboardEmpty = "dashboard-empty"
    case trendsEmpty = "trends-empty"
    case trendUnknown = "trend-unknown"
    case ideaboardEmpty = "ideaboard-empty"
    case libraryEmpty = "library-empty"
    case signInProblems = "sign-in-problems"
    case signUpClosed = "sign-up-closed"
    case accountForm = "account-form"
    case accountFormProblems = "account-form-problems"
    case newToken = "new-token"
    case mailSent = "mail-sent"
    case farewell
    case accountPicture = "account-picture"
    case pictureProblem = "picture-problem"
    case boardEditing = "board-editing"
    case boardConflict = "board-conflict"
    case boardHistory = "board-history"
    case attachTrends = "attach-trends"
    case attachTrend = "attach-trend"
    case boardCreating = "board-creating"
    case sharedBoard = "shared-board"
    case collection
    case collectionEmpty = "collection-empty"
    case searchResults = "search-results"
    case searchProblem = "search-problem"
    case collectionForm = "collection-form"
    case watchlist, sitemap

    var fileName: String { rawValue + (self == .watchlist || self == .sitemap ? ".xml" : ".html") }

    /// Those that browsers show: all but feed and site map.
    static let pages = allCases.filter { $0.fileName.hasSuffix(".html") }

    /// Whether search engines must stay out: its owner's alone, or shared by a secret address.
    var isPrivate: Bool { privateText != nil }

    func text() throws -> String {
        let templates = try PageFixture.templates()
        if let privateText { return try privateText(templates) }
        return try publicText(templates)
    }

    private typealias Fixture = PageFixture
    private var privateText: ((PageTemplates) throws -> String)? {
        let trends = [Fixture.trend(1, state: .new), Fixture.trend(2), Fixture.trend(3, state: .saved)]
        func cards() throws -> [TrendCard] { try trends.map(Fixture.card) }
        let board = Fixture.board(1, evidence: trends)
        func boards() throws -> [BoardCard] {
            [BoardCard(board, cards: Dictionary(uniqueKeysWithValues: try cards().map { ($0.id, $0) }))]
        }
        let frame = Fixture.frame()
        let feeds: [WatchlistID: Route] = [Fixture.music.id: .feed(token: "token", Fixture.music.id)]
        switch self {
        case .dashboard:
            let jobs = JobPanel([Fixture.job(1, .processing), Fixture.job(2, .failed), Fixture.job(3, .pending)])
            return {
                $0.dashboard.text(
                    DashboardPage(
                        frame: frame, cards: try cards(), boards: [board], jobs: jobs, usage: try Fixture.report()))
            }
        case .trends: return { $0.trends.text(TrendsPage.lists(frame: frame, cards: try cards(), feeds: feeds)[0]) }
        case .trend: return { $0.trend.text(TrendPage(frame: frame, trend: trends[0], boards: [board])) }
        case .ideaboards: return { $0.ideaboards.text(IdeaboardsPage.lists(frame: frame, boards: try boards())[0]) }
        case .ideaboard:
            let prose = SafeHTML(trusted: "<h2>Hook</h2>\n")
            return {
                $0.ideaboard.text(
                    IdeaboardPage(
                        frame: frame, board: board, prose: prose, evidence: try cards(),
                        origin: "https://kapture.example"))
            }
        case .downloads: return { $0.downloads.text(DownloadsPage(frame: frame)) }
        case .library:
            return { $0.library.text(LibraryPage.list(frame: frame, saved: [try cards()[2]], boards: try boards())[0]) }
        case .settings:
            return {
                let plan = try Fixture.plan()
                let page = SettingsPage(
                    frame: frame, user: Fixture.user, plan: plan, usage: Fixture.tally, feeds: feeds)
                return $0.settings.text(page)
            }
        case .account, .accountPicture:
            let user = self == .account ? Fixture.user : Fixture.pictured
            let page = AccountPage(frame: Fixture.frame(of: user), user: user, overview: AccountPageTests.overview())
            return { $0.account.text(page) }
        default: return emptyText
        }
    }

    private var emptyText: ((PageTemplates) throws -> String)? {
        let bare = Fixture.frame([])
        switch self {
        case .dashboardEmpty: return { $0.dashboard.text(DashboardPage(frame: bare, cards: [], boards: [])) }
        case .trendsEmpty: return { $0.trends.text(TrendsPage.lists(frame: bare, cards: [], feeds: [:])[0]) }
        case .trendUnknown:
            var post = Post(platform: .web, platformPostID: "x", contentType: .link, url: "javascript:alert(1)")
            post.text = "First line\nSecond line"
            let trend = Fixture.trend(9, views: [nil], post: post, watchlists: [])
            return { $0.trend.text(TrendPage(frame: bare, trend: trend, boards: [])) }
        case .ideaboardEmpty:
            let page = IdeaboardPage(
                frame: bare, board: Fixture.board(2), prose: SafeHTML(trusted: ""), evidence: [],
                origin: "https://kapture.example")
            return { $0.ideaboard.text(page) }
        case .libraryEmpty: return { $0.library.text(LibraryPage.list(frame: bare, saved: [], boards: [])[0]) }
        default: return boardText
        }
    }
}
