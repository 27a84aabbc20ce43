import Core
import Foundation
import Site
import TestSupport
import Testing

@Suite("Page budgets")
struct PageBudgetTests {
    /// A card as long as cards get: the longest title that escapes into the most bytes, 60 sightings, both counts.
    private func worstTrend(_ number: Int) -> Trend {
        var post = PageFixture.post(number)
        post.title = String(repeating: "\"日", count: 80)
        post.author = Author(
            platform: .twitter, platformAuthorID: "a", name: String(repeating: "語&", count: 60), url: nil)
        post.isShort = true
        let views = (0..<60).map { Int64($0) * 7_777_777 }
        return PageFixture.trend(number, views: views, post: post, state: .new)
    }

    @Test("A card is at most 1.6 kB, whatever the post says")
    func cardBytes() throws {
        let pages = TrendsPage.lists(
            frame: PageFixture.frame(), cards: [try PageFixture.card(worstTrend(1))], feeds: [:])
        let text = try PageFixture.templates().trends.text(pages[0])

        let begin = try #require(text.range(of: "<li class=\"card\""))
        let end = try #require(text.range(of: "</div>\n</li>\n", range: begin.lowerBound..<text.endIndex))
        let bytes = text[begin.lowerBound..<end.upperBound].utf8.count

        #expect(bytes <= 1600, "\(bytes) bytes")
    }

    @Test("A list of 24 ordinary cards is at most 45 kB, and so is the dashboard")
    func pageBytes() throws {
        let templates = try PageFixture.templates()
        let watchlists = (0..<12).map {
            Watchlist(
                id: PageFixture.id($0), name: "Watchlist number \($0)", rule: .everything, createdAt: PageFixture.start)
        }
        let frame = PageFixture.frame(watchlists)
        let cards = try (0..<200).map { number in
            let views = (0..<12).map { Int64($0 * $0) * 100_000 }
            let state: TrendState = number % 2 == 0 ? .new : .seen
            return try PageFixture.card(
                PageFixture.trend(number, views: views, state: state, watchlists: [watchlists[number % 12]]))
        }

        let list = templates.trends.text(TrendsPage.lists(frame: frame, cards: cards, feeds: [:])[0]).utf8.count
        let dashboard = templates.dashboard.text(DashboardPage(frame: frame, cards: cards, boards: [])).utf8.count

        #expect(list <= 45_000, "\(list) bytes")
        #expect(dashboard <= 45_000, "\(dashboard) bytes")
    }

    @Test("A trend with as many sightings as are kept is at most 45 kB")
    func trendBytes() throws {
        var trend = worstTrend(1)
        trend.post.text = String(repeating: "long text ", count: 5000)
        trend.post.hashtags = (0..<200).map { "tag\($0)" }
        let bytes = try PageFixture.templates().trend.text(
            TrendPage(frame: PageFixture.frame(), trend: trend, boards: [])
        ).utf8.count
        #expect(bytes <= 45_000, "\(bytes) bytes")
    }

    @Test("A full page of the library with as many collections and tags as it names is at most 45 kB")
    func libraryBytes() throws {
        let cards = try (0..<40).map { number in
            var trend = PageFixture.trend(number, views: (0..<12).map { Int64($0 * $0) * 100_000 }, state: .saved)
            trend.tags = ["a tag number \(number)"]
            return try PageFixture.card(trend)
        }
        let collections = (0..<LibraryCollection.most).map { number in
            CollectionContents(
                LibraryCollection(
                    id: PageFixture.id(900 + number), name: "Collection number \(number)", createdAt: PageFixture.start,
                    updatedAt: PageFixture.start))
        }
        let pages = LibraryPage.list(frame: PageFixture.frame(), saved: cards, boards: [], collections: collections)
        let bytes = try PageFixture.templates().library.text(pages[0]).utf8.count
        #expect(bytes <= 45_000, "\(bytes) bytes")
    }

    @Test("Style sheets and scripts of a page keep within their budget", arguments: GoldenPage.pages)
    func assetBytes(_ page: GoldenPage) throws {
        let text = try page.text()
        let sheets = text.matches(of: /<link rel="stylesheet" href="\/assets\/([^"]+)"/).map { String($0.1) }
        let scripts = text.matches(of: /<script src="\/assets\/([^"]+)"/).map { String($0.1) }

        let (css, js) = (try bytes(of: sheets), try bytes(of: scripts))

        #expect(css > 1000 && css <= 30_000, "\(css) bytes in \(sheets)")
        #expect(js <= 20_000, "\(js) bytes in \(scripts)")
    }

    private func bytes(of names: [String]) throws -> Int {
        try names.reduce(0) { sum, name in
            let file = Array(try Data(contentsOf: URL(fileURLWithPath: RepositoryRoot.path + "/Public/" + name)))
            return sum + (name.hasSuffix(".js") ? ScriptText.trimmed(file) : file).count
        }
    }
}
