import Core
import TestSupport
import Testing

@testable import Site

@Suite("Other pages")
struct OtherPageTests {
    @Test("The library shows boards, then saved trends, 20 a page")
    func library() throws {
        let boards = (0..<3).map { BoardCard(PageFixture.board($0), cards: [:]) }
        let saved = try (0..<30).map { try PageFixture.card(PageFixture.trend($0, state: .saved)) }

        let pages = LibraryPage.list(frame: PageFixture.frame(), saved: saved, boards: boards)

        #expect(pages.map { [$0.boards.count, $0.trends.count] } == [[3, 17], [0, 13]])
        #expect(pages.map(\.route.path) == ["/library/", "/library/page/2/"])
        #expect(pages[0].summary == "30 saved trends · 3 boards")
    }

    @Test("A board draws at most four of its proofs and counts all of them")
    func boardCard() throws {
        let trends = (0..<6).map { PageFixture.trend($0) }
        let cards = Dictionary(uniqueKeysWithValues: try trends.dropLast().map { ($0.id, try PageFixture.card($0)) })

        let card = BoardCard(PageFixture.board(1, evidence: trends), cards: cards)

        #expect(card.covers.count == 4 && card.evidence == "6 proofs")
    }

    @Test("A watchlist's rule is told in words, and one without limits says so")
    func rules() throws {
        var limits = WatchlistRule.Limits()
        (limits.minimumViews, limits.maximumAgeHours, limits.maximumDuration, limits.shorts) = (10_000, 48, 90, .only)
        let rule = try WatchlistRule(
            keywords: ["lyrics", "remix"], exclusions: ["reaction"], platforms: [.tiktok, .youtube], limits: limits)

        let words = WatchlistRules.words(rule).map { "\($0.name): \($0.value)" }

        #expect(
            words == [
                "Any of: lyrics, remix", "None of: reaction", "From: YouTube, TikTok", "At least: 10,000 views",
                "Not older than: 48 h", "Length: up to 1:30, Shorts only",
            ])
        #expect(WatchlistRules.words(.everything).map(\.value) == ["every post"])
    }

    @Test("A limit shows what is used of it; storage in tenths, rounded up")
    func limits() throws {
        let plan = try PageFixture.plan()

        #expect(
            PlanWords.limits(of: plan, used: PageFixture.tally).map(\.value) == [
                "12 of 1,000 a month", "0 of 2,000 a month", "0 of 3,000 a month", "2 of 4,000", "1 of 5,000",
                "0.4 of 6,000 GB",
            ])
        #expect(
            PlanWords.limits(of: plan).map(\.value).prefix(4) == [
                "1,000 a month", "2,000 a month", "3,000 a month", "4,000",
            ])
    }

    @Test("The dashboard shows what is used up within a period, and when that ends")
    func usage() throws {
        let panel = UsagePanel(try PageFixture.report())

        #expect(panel.limits.map(\.name) == ["Scrapes", "Downloads", "AI texts"])
        #expect(panel.renewal.iso == "2026-04-01T00:00:00Z")
    }

    @Test("A problem stands at its field and in the list above, one of no field only there")
    func problems() {
        let problems = [
            ValidationError(field: "email", rule: "must be an address"), ValidationError(field: "", rule: "Try again."),
        ]
        let page = SignInPage(frame: PageFixture.publicFrame, email: "x", problems: problems)

        #expect(page.inputs.map(\.problem) == ["E-mail must be an address.", nil])
        #expect(page.problems.map(\.sentence) == ["E-mail must be an address.", "Try again."])
        #expect(page.problems.map { $0.anchor?.text } == ["#email", nil])
    }

    @Test("The sidebar marks the page itself and the place it belongs to")
    func navigation() {
        #expect(marks(at: .watchlist(PageFixture.music.id, page: 2)) == ["Trends: true", "Music launches: page"])
        #expect(marks(at: .trend(PageFixture.id(1))) == ["Trends: true"])
        #expect(marks(at: .library(page: 1)) == ["Library: page"])
        #expect(marks(at: .help(slug: "keyboard")) == [])
    }

    /// What the sidebar of a page marks, and how.
    private func marks(at route: Route) -> [String] {
        let sidebar = String(decoding: PageFixture.frame().showing("", at: route).sidebar.bytes, as: UTF8.self)
        return sidebar.matches(of: /aria-current="(?<mark>\w+)".*?(?:<span>|<bdi>)(?<name>[^<]+)/).map {
            "\($0.name): \($0.mark)"
        }
    }

    @Test("A name gives one or two initials", arguments: [("Maya Kern", "MK"), ("Björk", "B"), ("", "M")])
    func initials(_ name: String, _ initials: String) {
        let user = User(
            id: PageFixture.id(1), email: "maya@example.com", name: name, isOperator: false, planID: "free",
            createdAt: PageFixture.start)
        let topbar = String(decoding: PageFixture.frame(user, []).topbar.bytes, as: UTF8.self)
        #expect(topbar.contains(">\(initials)</span>"))
    }

    @Test("A feed holds the 50 newest trends, without characters that XML forbids")
    func feed() throws {
        var post = PageFixture.post(60)
        post.title = "bell \u{7} and \u{FFFE}"
        let trends = (0..<60).map { PageFixture.trend($0) } + [PageFixture.trend(60, post: post)]
        let feed = WatchlistFeed(
            origin: "https://kapture.example", route: .feed(token: "t", PageFixture.music.id),
            watchlist: PageFixture.music, cards: try trends.map(PageFixture.card))

        #expect(feed.entries.count == 50)
        #expect(try PageFixture.templates().feed.text(feed).contains("<title>bell and </title>"))
        #expect(feed.entries[0].link.text == "https://kapture.example/trends/\(trends[60].id)/")
    }
}
