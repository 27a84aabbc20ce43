import Core
import Logging
import Site
import Store
import TestSupport
import Testing

@Suite("Shared boards")
struct SharedBoardTests {
    private struct Bench {
        let fixture: StoreFixture
        let server: SiteServer<DiskFileSystem, SiteRenderer>
        let board: Ideaboard
        let slug: String

        /// A shared board with one trend as evidence, behind a server.
        init() async throws {
            fixture = try await StoreFixture()
            let store = fixture.store
            _ = try store.createWatchlist("Secret niche", rule: .everything, for: fixture.user, now: StoreFixture.start)
            try fixture.see("v1", title: "Proof one", views: 1234, at: StoreFixture.start)
            let trends = try store.withSnapshot(of: .user(fixture.user)) { try $0.listedTrends(limit: 1) } ?? []
            let draft = IdeaboardDraft(title: "Plan <b>", content: "## Hook\n\n<script>x</script>", tags: ["private"])
            let made = try await store.createIdeaboard(
                draft, trends: trends.map(\.id), of: fixture.user, within: .max, now: StoreFixture.start)
            board = try await store.shareIdeaboard(made.board.id, of: fixture.user).board
            slug = board.slug ?? ""
            let publisher = try RealSite.publisher(
                of: store, in: fixture.folder.path, DiskFileSystem(), now: StoreFixture.start)
            server = SiteServer(publisher: publisher, logger: Logger(label: "test"))
        }

        func text() async throws -> String? {
            try await server.page(Route.shared(slug: slug).path, of: .board(slug: slug)).map {
                String(decoding: $0.body, as: UTF8.self)
            }
        }
    }

    @Test("The page shows text and evidence, and of its owner nothing but the name")
    func page() async throws {
        let bench = try await Bench()
        let text = try #require(try await bench.text())
        #expect(text.contains("Plan &lt;b&gt;") && text.contains("Proof one") && text.contains("by <bdi>Mara K</bdi>"))
        #expect(text.contains("content=\"noindex\"") && !text.contains("<script"))
        for secret in ["mara@example.com", "Secret niche", "private", bench.board.id.rawValue, "/dashboard/"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test("An edit, new numbers and another name are in the page at once")
    func current() async throws {
        let bench = try await Bench()
        let (store, user) = (bench.fixture.store, bench.fixture.user)
        _ = try await bench.text()
        var edit = IdeaboardEdit(base: bench.board.version)
        edit.content = "edited text"
        _ = try await store.editIdeaboard(bench.board.id, edit, of: user, now: StoreFixture.start)
        #expect(try await bench.text()?.contains("edited text") == true)
        try bench.fixture.see("v1", title: "Proof one", views: 98_000, at: StoreFixture.start.adding(hours: 1))
        #expect(try await bench.text()?.contains("98k views") == true)
        _ = try store.renameUser(user, to: nil, now: StoreFixture.start)
        #expect(try await bench.text()?.contains("Mara K") == false)
    }

    @Test("A board that is shared no more, removed, or whose owner is gone is not there at once", arguments: [0, 1, 2])
    func gone(how: Int) async throws {
        let bench = try await Bench()
        #expect(try await bench.text() != nil)
        switch how {
        case 0: _ = try await bench.fixture.store.unshareIdeaboard(bench.board.id, of: bench.fixture.user)
        case 1: _ = try await bench.fixture.store.removeIdeaboard(bench.board.id, of: bench.fixture.user)
        default: try bench.fixture.store.deleteUser(bench.fixture.user)
        }
        #expect(try await bench.text() == nil)
    }

    @Test("A slug that nobody shares, and other addresses below one, are not there")
    func unknown() async throws {
        let bench = try await Bench()
        let slug = String(repeating: "0", count: 32)
        #expect(try await bench.server.page("/shared/\(slug)/", of: .board(slug: slug)) == nil)
        #expect(try await bench.server.page("/dashboard/", of: .board(slug: bench.slug)) == nil)
        #expect(try await bench.server.page("/trends/\(bench.board.trendIDs[0])/", of: .board(slug: bench.slug)) == nil)
    }
}
