import Core
import Templates

/// One publish of one user's site: loads what its sections need, once, and renders them.
struct UserRendering {
    private let sources: PageSources
    private let snapshot: any SiteSnapshot
    private let plan: RenderPlan
    private let frame: SitePageFrame
    private let user: User
    private let watchlists: [Watchlist]
    private let listed: ListedCards?
    /// The newest trends with text and hashtags, where every page is rendered: loaded once for cards and pages both.
    private let whole: ArraySlice<Trend>
    private let boards: [Ideaboard]
    private let usage: UsageTally
    /// What the publish before left; this one leaves its own at its end.
    private let earlier: SiteMemory?
    private let memory: BoundedCache<String, SiteMemory>
    private var buffer: [UInt8] = []
    /// The pages of lists that this publish has, by their addresses.
    private var rendered: [String: TrendsPage] = [:]

    init(
        sources: PageSources, snapshot: any SiteSnapshot, plan: RenderPlan, now: Instant,
        memory: BoundedCache<String, SiteMemory>
    ) throws {
        (self.sources, self.snapshot, self.plan, self.memory) = (sources, snapshot, plan, memory)
        earlier = memory[snapshot.head.key]
        (user, watchlists) = (try snapshot.user(), try snapshot.watchlists())
        frame = sources.frame(for: user, watchlists)
        boards = try snapshot.ideaboards()
        usage = try snapshot.usage(at: now)
        let needsCards = plan.renders(.dashboard) || plan.renders(.trendLists)
        let rules = ListedCards.Rules(
            watchlists: watchlists, limits: sources.limits, template: sources.templates.card)
        (listed, whole) = needsCards ? try Self.cards(snapshot, rules, plan, now, earlier) : (nil, [])
        buffer.reserveCapacity(48 << 10)
    }

    private static func cards(
        _ snapshot: any SiteSnapshot, _ rules: ListedCards.Rules, _ plan: RenderPlan, _ now: Instant,
        _ memory: SiteMemory?
    ) throws -> (ListedCards, whole: ArraySlice<Trend>) {
        let revision = max(snapshot.head.revision(of: .trendLists), snapshot.head.revision(of: .frame))
        if let known = memory?.cards, known.revision == revision, known.now == now { return (known, []) }
        let limit = max(rules.limits.listedTrends, rules.limits.trendFiles)
        let whole = plan.isWhole ? min(limit, pagesAtOnce) : 0
        let trends = try snapshot.listedTrends(limit: limit, whole: whole)
        let earlier = try memory.map {
            ListedCards.Earlier(cards: $0.cards, changed: Set(try snapshot.trendIDs(changedAfter: $0.cards.revision)))
        }
        let cards = ListedCards(trends, by: rules, revision: revision, now: now, earlier: earlier)
        return (cards, trends.prefix(whole))
    }

    /// So many trends at most are in memory with their texts.
    private static let pagesAtOnce = 200

    /// Hands every page to `sink` and returns when time alone changes one.
    mutating func render(to sink: inout some PageTaking) throws -> Instant? {
        try renderTrendLists(to: &sink)
        try renderTrendPages(to: &sink)
        try renderBoards(to: &sink)
        try renderSingles(to: &sink)
        remember(sink)
        let listsDueAt = listed == nil ? plan.previous?.dueAt : listed?.dueAt
        return min(listsDueAt ?? usage.period.endHour, usage.period.endHour)
    }

    private mutating func emit<Page: AddressedPage>(
        _ page: Page, _ template: Template<Page>, at address: String? = nil, to sink: inout some PageTaking
    ) throws {
        buffer.removeAll(keepingCapacity: true)
        template.render(page, into: &buffer)
        try sink.emit(address ?? page.route.path, buffer)
    }

    private func keep(to sink: inout some PageTaking, where belongs: (String) -> Bool) {
        for address in plan.previous?.pages.keys ?? [:].keys where belongs(address) { sink.keep(address) }
    }

    /// Small sites are rendered faster than remembered.
    private var remembers: Bool { listed.map { $0.filed.count >= sources.limits.cachedFrom } ?? false }

    private func remember(_ sink: some PageTaking) {
        guard let listed, remembers else { return }
        var lists = earlier?.lists ?? [:]
        if !rendered.isEmpty {
            lists = rendered.compactMapValues { page in
                sink.digest(of: page.route.path).map { SiteMemory.Remembered(page: page, digest: $0) }
            }
        }
        memory.insert(
            SiteMemory(cards: listed, lists: lists), for: snapshot.head.key,
            cost: max(listed.cards.count, listed.filed.count))
    }

    // MARK: Trends

    private mutating func renderTrendLists(to sink: inout some PageTaking) throws {
        guard plan.renders(.trendLists), let listed else {
            return keep(to: &sink) { PageGroup($0) == .trendLists }
        }
        let feeds = feedRoutes()
        let lists = TrendsPage.lists(
            frame: frame, cards: listed.cards, feeds: feeds, areOnlyNewest: listed.areOnlyNewest)
        for page in lists {
            if remembers, keepsUnchanged(page, in: &sink) { continue }
            try emit(page, sources.templates.trends, to: &sink)
        }
        for watchlist in watchlists {
            guard let route = feeds[watchlist.id] else { continue }
            let cards = listed.cards.filter { $0.watchlistIDs.contains(watchlist.id) }
            let feed = WatchlistFeed(origin: sources.origin, route: route, watchlist: watchlist, cards: cards)
            try emit(feed, sources.templates.feed, at: "/feeds/\(watchlist.id).xml", to: &sink)
        }
    }

    /// Whether this page of a list is as it was when this process last rendered it, and the site still has it so.
    private mutating func keepsUnchanged(_ page: TrendsPage, in sink: inout some PageTaking) -> Bool {
        let address = page.route.path
        rendered[address] = page
        guard let last = earlier?.lists[address], last.page == page else { return false }
        return sink.keep(address, as: last.digest)
    }

    private func feedRoutes() -> [WatchlistID: Route] {
        Dictionary(
            uniqueKeysWithValues: watchlists.map {
                ($0.id, .feed(token: sources.feedToken(user.id, $0.id, snapshot.head.feedVersion), $0.id))
            })
    }

    private mutating func renderTrendPages(to sink: inout some PageTaking) throws {
        guard plan.renders(.trendPages) || plan.renders(.trendLists) else {
            return keep(to: &sink) { PageGroup($0) == .trendPages }
        }
        let changed = plan.isWhole ? nil : Set(try snapshot.trendIDs(changedAfter: plan.since))
        let due = filed().filter { id in
            let isUnchanged = changed.map { !$0.contains(id) } ?? false
            return !(isUnchanged && sink.keep(Route.trend(id).path))
        }
        let users = usersOfTrends()
        var rest = due[...]
        for trend in whole where trend.id == rest.first {
            try renderTrendPage(trend, usedIn: users, to: &sink)
            rest = rest.dropFirst()
        }
        while !rest.isEmpty {
            for trend in try snapshot.trends(Array(rest.prefix(Self.pagesAtOnce))) {
                try renderTrendPage(trend, usedIn: users, to: &sink)
            }
            rest = rest.dropFirst(Self.pagesAtOnce)
        }
    }

    private mutating func renderTrendPage(
        _ trend: Trend, usedIn boards: [TrendID: [Ideaboard]], to sink: inout some PageTaking
    ) throws {
        let page = TrendPage(
            frame: frame, trend: trend, card: listed?[trend.id]?.face ?? CardFace(trend), boards: boards[trend.id] ?? []
        )
        try emit(page, sources.templates.trend, to: &sink)
    }

    /// The trends with a file. Where the lists did not change, they are those that had one.
    private func filed() -> [TrendID] {
        if plan.renders(.trendLists), let listed { return listed.filed }
        return (plan.previous?.pages.keys).map { $0.compactMap(TrendID.init(address:)) } ?? []
    }

    private func usersOfTrends() -> [TrendID: [Ideaboard]] {
        var users: [TrendID: [Ideaboard]] = [:]
        for board in boards.sorted(by: { $0.id < $1.id }) {  // By age: an edit, which stamps no trend, moves nothing.
            for trend in board.trendIDs { users[trend, default: []].append(board) }
        }
        return users
    }

    // MARK: Ideaboards and the library

    private mutating func renderBoards(to sink: inout some PageTaking) throws {
        let rendersBoards = plan.renders(.ideaboards)
        guard rendersBoards || plan.renders(.library) else {
            return keep(to: &sink) { [.ideaboards, .library].contains(PageGroup($0)) }
        }
        let evidence = try evidence()
        let cards = boards.map { BoardCard($0, cards: evidence) }
        if rendersBoards {
            for page in IdeaboardsPage.lists(frame: frame, boards: cards) {
                try emit(page, sources.templates.ideaboards, to: &sink)
            }
            try renderBoardPages(evidence, to: &sink)
        } else {
            keep(to: &sink) { PageGroup($0) == .ideaboards }
        }
        guard plan.renders(.library) else { return keep(to: &sink) { PageGroup($0) == .library } }
        let saved = try listed?.saved ?? snapshot.savedTrends().map(card)
        let collections = try snapshot.collections()
        for page in LibraryPage.list(frame: frame, saved: saved, boards: cards, collections: collections) {
            try emit(page, sources.templates.library, to: &sink)
        }
    }

    private mutating func renderBoardPages(_ evidence: [TrendID: TrendCard], to sink: inout some PageTaking) throws {
        let texts = try snapshot.ideaboardTexts(changedAfter: plan.isWhole ? -1 : plan.since)
        for board in boards {
            guard let text = texts[board.id] else {
                sink.keep(Route.ideaboard(board.id).path)
                continue
            }
            var whole = board
            whole.content = text
            let page = IdeaboardPage(
                frame: frame, board: whole, prose: sources.prose(text),
                evidence: whole.trendIDs.compactMap { evidence[$0] }, origin: sources.origin)
            try emit(page, sources.templates.ideaboard, to: &sink)
        }
    }

    private func evidence() throws -> [TrendID: TrendCard] {
        var cards: [TrendID: TrendCard] = [:]
        var unlisted: Set<TrendID> = []
        for id in boards.lazy.flatMap(\.trendIDs) where cards[id] == nil {
            if let card = listed?[id] { cards[id] = card } else { unlisted.insert(id) }
        }
        for trend in try snapshot.trends(unlisted.sorted()) { cards[trend.id] = card(trend) }
        return cards
    }

    private func card(_ trend: Trend) -> TrendCard { TrendCard(trend, drawnBy: sources.templates.card) }

    // MARK: Single pages

    private mutating func renderSingles(to sink: inout some PageTaking) throws {
        if plan.renders(.dashboard), let listed {
            let report = sources.library.plan(orSmallest: user.planID).map { UsageReport(plan: $0, tally: usage) }
            let page = DashboardPage(
                frame: frame, cards: listed.cards, boards: boards,
                jobs: JobPanel(try snapshot.openJobs(among: JobPanel.most)), usage: report)
            try emit(page, sources.templates.dashboard, to: &sink)
        } else {
            sink.keep(Route.dashboard.path)
        }
        if plan.renders(.downloads) {
            try emit(DownloadsPage(frame: frame), sources.templates.downloads, to: &sink)
        } else {
            sink.keep(Route.downloads.path)
        }
        guard plan.renders(.settings) || plan.renders(.ideaboards) else { return _ = sink.keep(Route.settings.path) }
        guard let plan = sources.library.plan(orSmallest: user.planID) else { return }
        let page = SettingsPage(frame: frame, user: user, plan: plan, usage: usage, feeds: feedRoutes())
        try emit(page, sources.templates.settings, to: &sink)
    }
}

/// The pages that are rendered together, by their addresses.
enum PageGroup {
    case trendLists, trendPages, ideaboards, library, other

    init(_ address: String) {
        if TrendID(address: address) != nil {
            self = .trendPages
        } else if address.hasPrefix("/trends/") || address.hasPrefix("/feeds/") {
            self = .trendLists
        } else if address.hasPrefix("/ideaboards/") {
            self = .ideaboards
        } else {
            self = address.hasPrefix("/library/") ? .library : .other
        }
    }
}
