import Core
import TestSupport
import Testing

@Suite("Routes and plans")
struct CoreValueTests {
    @Test("Lists are counted from page 1, which has the list's own address")
    func paths() {
        let list: WatchlistID = PageFixture.id(7)
        #expect(Route.trends(page: 1).path == "/trends/")
        #expect(Route.watchlist(list, page: 3).path == "/trends/watchlists/\(list)/page/3/")
        #expect(Route.feed(token: "t", list).path == "/feeds/t/\(list).xml")
        #expect(Route.help(slug: "scores").path == "/help/scores/")
    }

    @Test("Only a user's own pages are private")
    func privacy() {
        let own: [Route] = [.dashboard, .trends(page: 2), .trend(PageFixture.id(1)), .ideaboards(page: 1), .settings]
        let open: [Route] = [.landing, .signIn, .offline, .status, .sitemap, .asset(name: "app.css"), .signOutForm]
        #expect(own.allSatisfy { $0.isPrivate })
        #expect(!open.contains { $0.isPrivate })
    }

    @Test("A plan names the limit that is missing or negative", arguments: PlanLimit.allCases)
    func limits(_ limit: PlanLimit) throws {
        var limits = Dictionary(uniqueKeysWithValues: PlanLimit.allCases.map { ($0, Int64(1)) })
        limits[limit] = -1
        let terms = Plan.Terms(name: "Free", priceUSDPerMonth: 0, order: 1, limits: limits)

        #expect(throws: ValidationError(field: "limits.\(limit.rawValue)", rule: "must be given and at least 0")) {
            try Plan(id: "free", terms: terms, body: "")
        }
    }

    @Test(
        "A slug is lower-case letters, digits and inner hyphens",
        arguments: [
            ("scores", true), ("self-hosting", true), ("", false), ("-a", false), ("a-", false), ("A", false),
            ("a/b", false),
        ])
    func slugs(_ text: String, _ isValid: Bool) {
        #expect(Slug.isValid(text) == isValid)
    }

    @Test("A page needs a title and a description")
    func contentPages() {
        let heading = ContentPage.Heading(title: "Scores", description: "", order: 1)
        #expect(throws: ValidationError(field: "description", rule: "must not be empty")) {
            try ContentPage(group: .help, slug: "scores", heading: heading, bodyMarkdown: "")
        }
    }
}
