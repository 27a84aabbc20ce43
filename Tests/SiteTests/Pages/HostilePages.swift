import Core
import Site
import Templates

@testable import Site

/// Every page that shows what people wrote, with one text in all the places where people write.
struct HostilePages {
    let text: String
    private let templates: PageTemplates

    init(_ text: String) throws {
        self.text = text
        templates = try PageFixture.templates()
    }

    private static let start = PageFixture.start

    private var lists: [Watchlist] {
        get throws {
            let rule = try WatchlistRule(
                keywords: ["x" + text.prefix(60) + "x"], exclusions: ["y" + text.prefix(60) + "y"])
            return [PageFixture.music, PageFixture.gadgets].map { list in
                Watchlist(id: list.id, name: text, rule: rule, createdAt: Self.start)
            }
        }
    }

    private var frame: SitePageFrame {
        get throws {
            let user = User(
                id: PageFixture.id(1), email: String(text.prefix(200)) + "@example.com", name: String(text.prefix(100)),
                isOperator: true, planID: "free", createdAt: Self.start)
            return PageFixture.frame(user, try lists, notice: "Recorded days.")
        }
    }

    /// No tag is longer.
    private var tag: String { String(text.unicodeScalars.prefix(Tag.length.upperBound)) }

    func trend(_ number: Int) throws -> Trend {
        var post = PageFixture.post(number)
        (post.title, post.text) = (text, text + " and more")
        post.author = Author(platform: .youtube, platformAuthorID: text, name: text, url: "https://www.youtube.com/@k")
        (post.hashtags, post.platformPostID) = ([text, text + "2"], text + "\(number)")
        var trend = PageFixture.trend(number, post: post, state: .new, watchlists: try lists)
        trend.tags = [tag]
        let basis = OutlierBasis(
            value: 410_000, measure: .views, ageHours: 36, median: 50_000, peers: 20, cohort: .watchlist(text),
            noun: "video")
        trend.score = TrendScore(
            velocity: trend.score.velocity, outlier: .known(ratio: 8.2, basis), rising: trend.score.rising)
        return trend
    }

    func board(_ number: Int, evidence: [Trend]) -> Ideaboard {
        Ideaboard(
            id: PageFixture.id(500 + number), title: text, description: text + " ", content: "", tags: [tag, tag],
            trendIDs: evidence.map(\.id), createdAt: Self.start, updatedAt: Self.start)
    }

    /// Every page by its name.
    func all() throws -> [(name: String, html: String)] {
        try privatePages() + [accountPage()] + boardPages() + libraryPages() + publicPages()
    }

    private func privatePages() throws -> [(name: String, html: String)] {
        let trends = try (1...24).map(trend)
        let cards = try trends.map(PageFixture.card)
        let byID = Dictionary(uniqueKeysWithValues: cards.map { ($0.id, $0) })
        let board = board(1, evidence: Array(trends.prefix(3)))
        let boards = [BoardCard(board, cards: byID)]
        let frame = try frame
        let plan = try PageFixture.plan()
        let user = PageFixture.user
        return [
            ("dashboard", templates.dashboard.text(DashboardPage(frame: frame, cards: cards, boards: [board]))),
            ("trend", templates.trend.text(TrendPage(frame: frame, trend: trends[0], boards: [board]))),
            ("ideaboards", templates.ideaboards.text(IdeaboardsPage.lists(frame: frame, boards: boards)[0])),
            (
                "ideaboard",
                templates.ideaboard.text(
                    IdeaboardPage(
                        frame: frame, board: board, prose: SafeHTML(trusted: ""), evidence: cards,
                        origin: "https://kapture.example"))
            ),
            ("downloads", templates.downloads.text(DownloadsPage(frame: frame))),
            (
                "library",
                templates.library.text(
                    LibraryPage.list(frame: frame, saved: Array(cards.prefix(23)), boards: boards)[0])
            ),
            (
                "settings",
                templates.settings.text(
                    SettingsPage(frame: frame, user: user, plan: plan, usage: PageFixture.tally, feeds: [:]))
            ),
        ]
            + TrendsPage.lists(frame: frame, cards: cards, feeds: [:]).map {
                ("trends \($0.route.path)", templates.trends.text($0))
            }
    }

    private func accountPage() throws -> (name: String, html: String) {
        let user = User(
            id: PageFixture.user.id, email: PageFixture.user.email, name: text, isOperator: false, planID: "free",
            createdAt: Self.start)
        let page = AccountPage(frame: try frame, user: user, overview: AccountPageTests.overview(text))
        return ("account", templates.account.text(page))
    }

    /// Those that a board's own length decides on: beside what its owner wrote stands the editor with the same words.
    private func boardPages() throws -> [(name: String, html: String)] {
        let (frame, trends) = (try frame, try (1...3).map(trend))
        var board = board(1, evidence: trends)
        (board.content, board.slug, board.version) = (text, "5f", 2)
        let (form, prose) = (BoardForm(board), SafeHTML(trusted: "<p>x</p>"))
        let problems = [ValidationError(field: "title", rule: text), ValidationError(field: "", rule: text)]
        let versions = [2, 1].map { number in
            IdeaboardVersion(number: number, title: text, description: text, content: text, savedAt: Self.start)
        }
        let owner = User(
            id: PageFixture.id(1), email: "a@example.com", name: "x" + text, isOperator: false, planID: "free",
            createdAt: Self.start)
        return [
            (
                "board editing",
                templates.boardEditing.text(
                    BoardEditingPage(frame: frame, form: form, prose: prose, problems: problems))
            ),
            (
                "board conflict",
                templates.boardConflict.text(BoardConflictPage(frame: frame, mine: form, current: board))
            ),
            (
                "board history",
                templates.boardHistory.text(
                    BoardHistoryPage(
                        frame: frame, board: board, versions: versions, shown: versions[1], prose: prose))
            ),
            ("board trends", templates.attach.text(.trends(frame: frame, board: board, saved: trends))),
            ("board choice", templates.attach.text(.board(frame: frame, trend: trends[0], boards: [board]))),
            (
                "board shared",
                templates.sharedBoard.text(
                    SharedBoardPage(
                        assets: PageFixture.assets, board: board, slug: "5f", owner: owner, prose: prose,
                        evidence: trends))
            ),
        ]
    }

    /// The library with collections and tags that say the text, what a search for it finds, and a refused one.
    private func libraryPages() throws -> [(name: String, html: String)] {
        let frame = try frame
        let kept = try (1...3).map(trend)
        let (name, typed) = (String(text.unicodeScalars.prefix(60)), String(text.unicodeScalars.prefix(300)))
        let collection = LibraryCollection(
            id: PageFixture.id(901), name: name, createdAt: Self.start, updatedAt: Self.start)
        var contents = CollectionContents(collection)
        contents.trendIDs = Set(kept.map(\.id))
        let pages = LibraryPage.list(
            frame: frame, saved: try kept.map(PageFixture.card),
            boards: [BoardCard(board(1, evidence: []), cards: [:])],
            collections: [contents])
        let items = kept.map { LibraryItem(.trend($0)) } + [LibraryItem(.board(board(1, evidence: [])))]
        let problems = [nil, ValidationError(field: "q", rule: typed)]
        let results = problems.map { problem in
            LibraryResults(
                .everything, text: typed, found: ListPage(items: items, total: 99, paging: Paging(page: 2)),
                collections: [collection], problem: problem)
        }
        let wrong = CollectionFormPage(
            frame: frame, collection: nil, name: text, problems: [ValidationError(field: "name", rule: text)])
        return pages.map { ("library \($0.route.path)", templates.library.text($0)) }
            + results.map { ("search", templates.library.text(.results(frame: frame, $0, drawnBy: templates.card))) }
            + [("collection form", templates.collectionForm.text(wrong))]
    }

    private func publicPages() throws -> [(name: String, html: String)] {
        let frame = PageFixture.publicFrame
        let problems = [ValidationError(field: "email", rule: text), ValidationError(field: "", rule: text)]
        var signUp = SignUpPage(frame: frame, isOpen: true, email: text, name: text, problems: problems)
        signUp.askForCode(problems)
        let failure = FailurePage.failure(frame: frame, status: 500, title: "Broken", message: text, requestID: text)
        return [
            ("sign-in", templates.signIn.text(SignInPage(frame: frame, email: text, next: text, problems: problems))),
            ("sign-up", templates.signUp.text(signUp)),
            ("failure", templates.failure.text(failure)),
        ]
    }

    /// The feed of a watchlist whose trends all say the text.
    func feed() throws -> String {
        let list = try lists[0]
        let feed = WatchlistFeed(
            origin: "https://kapture.example", route: .feed(token: "t", list.id), watchlist: list,
            cards: try (1...3).map { try PageFixture.card(try trend($0)) })
        return templates.feed.text(feed)
    }
}
