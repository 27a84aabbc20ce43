import Core
import Foundation
import FoundationXML
import Templates
import TestSupport
import Testing

@testable import Site

/// Feeds and the sitemap as a strict XML parser sees them.
@Suite("Feeds are valid")
struct FeedValidityTests {
    private func feed(_ cards: [TrendCard], name: String = "Gadgets & <tools>") throws -> String {
        let list = Watchlist(id: PageFixture.music.id, name: name, rule: .everything, createdAt: PageFixture.start)
        let page = WatchlistFeed(
            origin: "https://kapture.example", route: .feed(token: "a-b_c", list.id), watchlist: list, cards: cards)
        return try PageFixture.templates().feed.text(page)
    }

    private func checkAtom(_ text: String, entries: Int) throws {
        let feed = try XMLTree(text)
        #expect(feed.name == "feed" && feed.attributes["xmlns"] == "http://www.w3.org/2005/Atom")
        for one in ["id", "title", "updated"] { #expect(feed.all(one).count == 1, "RFC 4287, 4.1.1: one \(one)") }
        #expect(feed.all("link").compactMap { $0.attributes["rel"] } == ["self", "alternate"])
        #expect(feed.all("entry").count == entries)
        for entry in feed.all("entry") {
            for one in ["id", "title", "updated", "author", "summary"] {
                #expect(entry.all(one).count == 1, "one \(one)")
            }
            #expect(entry.all("author")[0].all("name")[0].text.isEmpty == false)
            for date in entry.all("updated") + entry.all("published") {
                #expect(date.text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
            }
            #expect(entry.all("link")[0].attributes["href"]?.hasPrefix("https://kapture.example/trends/") == true)
        }
        let ids = ([feed] + feed.all("entry")).map { $0.all("id")[0].text }
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.hasPrefix("urn:uuid:") })
    }

    @Test("A feed of none, one and more than fifty trends is Atom", arguments: [(0, 0), (1, 1), (60, 50)])
    func counts(_ trends: Int, _ entries: Int) throws {
        try checkAtom(try feed((0..<trends).map { try PageFixture.card(PageFixture.trend($0)) }), entries: entries)
    }

    @Test("Whatever strangers wrote, the feed is Atom and its text arrives as text", arguments: HostilePageTests.texts)
    func hostile(_ text: String) throws {
        try checkAtom(try HostilePages(text).feed(), entries: 3)
    }

    @Test("Words come through as they were written")
    func words() throws {
        var post = PageFixture.post(1)
        post.title = "Fish & <chips> \"now\" 👩‍🚀"
        post.url = "https://example.com/?a=1&b=<x>"
        let tree = try XMLTree(try feed([try PageFixture.card(PageFixture.trend(1, post: post))]))
        #expect(tree.all("title")[0].text == "Gadgets & <tools> · Kapture")
        #expect(tree.all("entry")[0].all("title")[0].text == "Fish & <chips> \"now\" 👩‍🚀")
        #expect(tree.all("entry")[0].all("link").map { $0.attributes["rel"] } == ["alternate", "via"])
        #expect(
            tree.all("entry")[0].all("summary")[0].text.hasPrefix("YouTube · 201,000 views · 10,050 likes · 8.2x: "))
    }

    @Test("A trend without a safe source, a publish time or numbers is an entry too; a hidden one is not")
    func sparse() throws {
        let bare = Post(platform: .web, platformPostID: "x", contentType: .link, url: "javascript:alert(1)")
        let cards = try [PageFixture.trend(1, views: [nil], post: bare), PageFixture.trend(2, state: .hidden)].map(
            PageFixture.card)
        let text = try feed(cards)
        try checkAtom(text, entries: 1)
        #expect(!text.contains("javascript:") && !text.contains("<published>"))
    }

    @Test("The feed was updated when its newest trend was, an empty one when its list was made")
    func updated() throws {
        let (old, new) = (PageFixture.trend(1, views: [1]), PageFixture.trend(2, views: [1, 2, 3]))
        #expect(
            try XMLTree(try feed([old, new].map(PageFixture.card))).all("updated")[0].text
                == Figures.iso(new.observedAt))
        #expect(try XMLTree(try feed([])).all("updated")[0].text == Figures.iso(PageFixture.start))
    }

    @Test("The sitemap names every public page once, under the public address, and no private one")
    func sitemap() throws {
        let pages = [
            try PageFixture.article("scores"), try PageFixture.article("privacy", .legal),
            try PageFixture.article("landing", .top),
        ]
        let tree = try XMLTree(
            try PageFixture.templates().sitemap.text(Sitemap(origin: "https://kapture.example", pages: pages)))
        let addresses = tree.all("url").map { $0.all("loc")[0].text }
        #expect(tree.name == "urlset")
        #expect(
            addresses.map { $0.replacing("https://kapture.example", with: "") }
                == ["/", "/pricing/", "/help/", "/help/scores/", "/legal/privacy/"])
    }

    @Test("Search engines are kept out of every private address")
    func robots() throws {
        let text = try String(contentsOfFile: RepositoryRoot.path + "/Public/robots.txt", encoding: .utf8)
        let closed = text.matches(of: /Disallow: (\S+)/).map { String($0.1) }
        let id = PageFixture.music.id
        let own: [Route] = [
            .dashboard, .downloads, .settings, .account, .farewell(.placeholder), .trends(page: 2),
            .watchlist(id, page: 1), .trend(PageFixture.id(1)),
            .ideaboards(page: 1), .ideaboard(PageFixture.id(1)), .library(page: 1), .feed(token: "t", id), .signInForm,
        ]
        for route in own { #expect(closed.contains { route.path.hasPrefix($0) }, "\(route.path)") }
        for route in [Route.landing, .pricing, .help(slug: "a"), .legal(slug: "a")] {
            #expect(!closed.contains { route.path.hasPrefix($0) }, "\(route.path)")
        }
    }

    @Test("The manifest is JSON whose icons and pages are there")
    func manifest() throws {
        struct Manifest: Decodable {
            struct Icon: Decodable { let src: String }
            struct Shortcut: Decodable { let url: String }
            let startURL: String
            let icons: [Icon]
            let shortcuts: [Shortcut]

            enum CodingKeys: String, CodingKey {
                case startURL = "start_url"
                case icons, shortcuts
            }
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: RepositoryRoot.path + "/Public/manifest.webmanifest"))
        let manifest = try JSONDecoder().decode(Manifest.self, from: data)
        #expect(manifest.startURL == Route.dashboard.path)
        for icon in manifest.icons {
            let file = RepositoryRoot.path + "/Public/" + icon.src.dropFirst("/assets/".count)
            #expect(icon.src.hasPrefix("/assets/") && FileManager.default.fileExists(atPath: file), "\(icon.src)")
        }
        #expect(manifest.shortcuts.map(\.url) == [Route.trends(page: 1).path, Route.ideaboards(page: 1).path])
    }
}

/// An XML document as a tree; anything that is not well-formed is an error.
private final class XMLTree {
    let name: String
    let attributes: [String: String]
    private(set) var text = ""
    private var children: [XMLTree] = []

    private init(name: String, attributes: [String: String]) {
        (self.name, self.attributes) = (name, attributes)
    }

    func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    convenience init(_ document: String) throws {
        let builder = Builder()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else {
            throw Malformed(reason: "\(parser.parserError.debugDescription) in \(document.prefix(2000))")
        }
        self.init(name: root.name, attributes: root.attributes)
        (text, children) = (root.text, root.children)
    }

    struct Malformed: Error {
        let reason: String
    }

    private final class Builder: NSObject, XMLParserDelegate {
        var root: XMLTree?
        private var open: [XMLTree] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let node = XMLTree(name: name, attributes: attributes)
            open.last?.children.append(node)
            open.append(node)
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.text += string }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            root = open.popLast()
        }
    }
}
