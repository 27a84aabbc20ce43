import Core
import Store
import TestSupport
import Testing

@testable import Site

/// A whole site from the store, through the real templates, on disk.
@Suite("A rendered site")
struct RenderedSiteTests {
    private let start = StoreFixture.start

    private func publish(_ fixture: StoreFixture, _ user: UserID, now: Instant? = nil) throws -> [String: String] {
        let publisher = try RealSite.publisher(
            of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: now ?? start)
        let publication = try #require(try publisher.publish(.user(user)))
        return try Dictionary(
            uniqueKeysWithValues: publication.manifest.pages.map { address, digest in
                let path = publisher.folders.relativePath(of: address, digest, key: publication.key)
                let body = try #require(try DiskFileSystem().read(publisher.folders.root + "/" + path))
                return (address, String(decoding: body, as: UTF8.self))
            })
    }

    private func fill(_ fixture: StoreFixture, _ user: UserID, _ word: String) throws {
        let list = try fixture.store.createWatchlist(
            "List \(word)", rule: WatchlistRule(keywords: [word]), for: user, now: start
        ).id
        let seen = (0..<3).map {
            Observation.video("\(word)\($0)", title: "\(word) \($0)", views: 10, at: start, author: word)
        }
        _ = try fixture.store.fanOut(try fixture.store.store(seen, for: [list]), to: [list], now: start)
        let trends = try fixture.store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 9).map(\.id) } ?? []
        _ = try fixture.store.setState(.saved, of: trends[0], for: user)
        _ = try fixture.store.createIdeaboard(
            "Board \(word)", content: "# \(word)", trends: trends, for: user, now: start)
        _ = try fixture.store.renameUser(user, to: "Name \(word)", now: start)
    }

    @Test("No page of one user holds a word of another's")
    func canary() async throws {
        let fixture = try await StoreFixture()
        let new = NewUser(
            email: "canary@example.com", name: nil, password: PasswordHash(encoded: "x"), isOperator: false)
        let other = try #require(try await fixture.store.createUser(new, now: start))
        try fill(fixture, other, "CANARY")
        try fill(fixture, fixture.user, "SPARROW")

        let (mine, theirs) = (try publish(fixture, fixture.user), try publish(fixture, other))

        #expect(mine.count == theirs.count && mine.count > 10)
        for (address, page) in mine { #expect(!page.lowercased().contains("canary"), "\(address)") }
        for (address, page) in theirs { #expect(!page.lowercased().contains("sparrow"), "\(address)") }
        #expect(mine.values.contains { $0.contains("SPARROW 0") } && theirs.values.contains { $0.contains("CANARY 0") })
    }

    @Test("A new user's pages are all there, well formed, and lead somewhere")
    func empty() async throws {
        let fixture = try await StoreFixture()
        let pages = try publish(fixture, fixture.user)
        let expected = [
            Route.dashboard, .trends(page: 1), .ideaboards(page: 1), .downloads, .library(page: 1), .settings,
        ].map(\.path)
        #expect(Set(pages.keys) == Set(expected))
        for (address, page) in pages {
            _ = try HTMLSkeleton(page)
            #expect(page.contains("class=\"empty\""), "\(address) says nothing of what will fill it")
        }
    }

    @Test("Every link of a site to one of its own pages is answered by a page of it")
    func links() async throws {
        let fixture = try await StoreFixture()
        try fill(fixture, fixture.user, "word")
        let pages = try publish(fixture, fixture.user)
        let open = ["/help/", "/legal/", "/pricing/", "/assets/", "/feeds/token-", "/manifest.webmanifest"]
        for (address, page) in pages where address.hasSuffix("/") {
            for link in page.matches(of: /\shref="(\/[^"#]*)/).map({ String($0.1) }) {
                // Editors, histories, searches, choices and the account are rendered when they are asked for.
                let isAnswer =
                    [Route.watchlistEditor(nil), .account].map(\.path).contains(link)
                    || link.contains(/^(?:\/library)?\/search\/\?q=/)
                    || link.contains(/\/(?:edit|history|attach)\/(?:\?trend=[0-9a-f-]{36})?$/)
                #expect(
                    isAnswer || pages[link] != nil || open.contains { link.hasPrefix($0) },
                    "\(address) leads to \(link)")
            }
        }
    }

    @Test("A board's Markdown becomes safe HTML on its page")
    func markdown() async throws {
        let fixture = try await StoreFixture()
        let content =
            "# Hook\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](https://evil.example/p.png)\n\n- [ ] todo"
        let board = try fixture.store.createIdeaboard("B", content: content, for: fixture.user, now: start).id
        let whole = try #require(try publish(fixture, fixture.user)[Route.ideaboard(board).path])
        // In the editor it stands as it was typed.
        let page = whole.replacing(/<textarea[^<]*<\/textarea>/, with: "")
        #expect(page != whole)
        #expect(page.contains("Hook</h1>") || page.contains("Hook</h2>"))
        #expect(!page.contains("<script>alert") && !page.contains("javascript:") && !page.contains("<img"))
    }

    @Test("A trend too old for a file has the same page when it is asked for")
    func oldTrend() async throws {
        let fixture = try await StoreFixture()
        _ = try fixture.store.createWatchlist("All", rule: .everything, for: fixture.user, now: start)
        for index in 0..<15 {
            let stored = try fixture.store.store([.video("v\(index)", views: 5, at: start)])
            _ = try fixture.store.fanOut(stored, to: nil, now: start.adding(hours: Double(index)))
        }
        let publisher = try RealSite.publisher(of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: start)
        let filed = try publish(fixture, fixture.user)
        let trends = try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.listedTrends(limit: 99) } ?? []
        #expect(trends.filter { filed[Route.trend($0.id).path] != nil }.map(\.id) == trends.prefix(12).map(\.id))
        for trend in [trends[0], trends[14]] {
            let body = try #require(
                try publisher.renderUnpublished(Route.trend(trend.id).path, of: .user(fixture.user)))
            let text = String(decoding: body, as: UTF8.self)
            #expect(text.contains(trend.post.title ?? "?"))
            #expect(filed[Route.trend(trend.id).path].map { $0 == text } ?? true)
        }
        #expect(
            try publisher.renderUnpublished("/trends/\(PageFixture.id(1) as TrendID)/", of: .user(fixture.user)) == nil)
    }

    @Test("The public pages are all there, well formed, and each title is given once")
    func publicPages() async throws {
        let fixture = try await StoreFixture()
        let publisher = try RealSite.publisher(of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: start)
        let publication = try #require(try publisher.publish(.publicPages))
        var titles: [String] = []
        for (address, digest) in publication.manifest.pages where address != Route.sitemap.path {
            let path = publisher.folders.relativePath(of: address, digest, key: publication.key)
            let text = String(
                decoding: try #require(try DiskFileSystem().read(publisher.folders.root + "/" + path)), as: UTF8.self)
            _ = try HTMLSkeleton(text)
            titles += text.matches(of: /<title>([^<]*)</).map { String($0.1) }
        }
        for route in [Route.landing, .pricing, .helpIndex, .signIn, .signUp, .notFound, .offline, .sitemap] {
            #expect(publication.manifest.pages[route.path] != nil, "\(route.path)")
        }
        #expect(titles.count == publication.manifest.pages.count - 1 && Set(titles).count == titles.count)
    }
}
