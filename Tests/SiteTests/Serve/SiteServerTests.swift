import Core
import Logging
import Store
import TestSupport
import Testing

@testable import Site

@Suite("Site server")
struct SiteServerTests {
    private let start = StoreFixture.start

    private struct Served {
        let bench: PublishBench
        let disk = FillingDisk()
        let server: SiteServer<FillingDisk, OldPages>
        var site: SiteName { .user(bench.user) }

        init() async throws {
            bench = try await PublishBench()
            server = Self.server(over: bench, disk)
        }

        /// One that remembers nothing, over the same files.
        func fresh() -> SiteServer<FillingDisk, OldPages> { Self.server(over: bench, disk) }

        private static func server(over bench: PublishBench, _ disk: FillingDisk) -> SiteServer<FillingDisk, OldPages> {
            let publisher = SitePublisher(
                folders: bench.publisher().folders, content: bench.store, rendering: OldPages(), files: disk,
                now: { StoreFixture.start })
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            return SiteServer(publisher: publisher, logger: logger)
        }

        func board(_ title: String, of user: UserID? = nil) throws -> IdeaboardID {
            try bench.store.createIdeaboard(title, content: "x", for: user ?? bench.user, now: StoreFixture.start).id
        }

        func text(_ address: String, of site: SiteName? = nil) async throws -> String? {
            try await server.page(address, of: site ?? self.site).map { String(decoding: $0.body, as: UTF8.self) }
        }

        func textNow(_ address: String) -> String? {
            server.pageInMemory(address, of: site).map { String(decoding: $0.body, as: UTF8.self) }
        }
    }

    @Test("A page asked for after a write shows that write, from memory or not")
    func fresh() async throws {
        let served = try await Served()
        for title in ["One", "Two", "Three"] {
            _ = try served.board(title)
            #expect(served.textNow("/ideaboards/") == nil, "memory must not answer with what was before")
            #expect(try await served.text("/ideaboards/")?.contains(title) == true)
            // Where the revision is a trip to a server away, memory answers nobody who must not wait.
            let isAtOnce = served.bench.fixture.engine == .sqlite
            #expect(served.textNow("/ideaboards/")?.contains(title) == (isAtOnce ? true : nil))
        }
    }

    @Test("Publishing a change makes its page ready before anybody asks")
    func publishing() async throws {
        let served = try await Served()
        let made = try served.bench.store.createIdeaboard("One", content: "x", for: served.bench.user, now: start)
        try await served.server.publish(made.change)
        #expect(try served.bench.served()["/ideaboards/\(made.id)/"] == "One: x")
    }

    @Test("A page says its digest, its type and the immutable file that holds it")
    func parts() async throws {
        let served = try await Served()
        let board = try served.board("One")
        let page = try #require(try await served.server.page("/ideaboards/\(board)/", of: served.site))
        #expect(page.digest == PageDigest(of: page.body, served.bench.publisher().folders.digestKey).text)
        #expect(page.contentType == "text/html; charset=utf-8")
        let root = served.bench.publisher().folders.root
        #expect(try DiskFileSystem().read("\(root)/\(try #require(page.filePath))") == page.body)
    }

    @Test("While nothing can be written, the last good pages are served, and the next write heals it")
    func lastGood() async throws {
        let served = try await Served()
        _ = try served.board("One")
        #expect(try await served.text("/ideaboards/") == "One")
        served.disk.fill()
        let second = try served.board("Two")
        #expect(try await served.text("/ideaboards/") == "One")
        #expect(try await served.fresh().page("/ideaboards/", of: served.site)?.body == Array("One".utf8))
        #expect(try await served.text("/ideaboards/\(second)/") == nil)
        served.disk.clear()
        #expect(try await served.text("/ideaboards/")?.contains("Two") == true)
    }

    @Test("A site that was never published is served from memory while nothing can be written, and not saved")
    func neverPublished() async throws {
        let served = try await Served()
        let board = try served.board("One")
        served.disk.fill()
        #expect(try await served.text("/ideaboards/") == "One")
        #expect(try await served.text("/ideaboards/\(board)/") == "One: x")
        #expect(try await served.text("/trends/old/") == "old page")
        #expect(try await served.text("/nothing/") == nil)
        #expect(try await served.text("/", of: .publicPages) == "landing")
        #expect(try await served.server.page("/ideaboards/", of: served.site)?.filePath == nil)
        #expect(served.textNow("/ideaboards/") == nil)
        _ = try served.board("Two")
        #expect(try await served.text("/ideaboards/")?.contains("Two") == true, "rendered now, it shows every write")
    }

    @Test("A user who is gone has no pages any more, also where memory still holds them")
    func deleted() async throws {
        let served = try await Served()
        _ = try served.board("One")
        #expect(try await served.text("/ideaboards/") == "One")
        try served.bench.store.deleteUser(served.bench.user)
        #expect(served.textNow("/ideaboards/") == nil)
        #expect(try await served.text("/ideaboards/") == nil)
        #expect(try await served.text("/trends/old/") == nil)
    }

    @Test("Every user gets their own page at the same address, equal bytes or not")
    func owners() async throws {
        let served = try await Served()
        let new = NewUser(email: "b@example.com", name: nil, password: PasswordHash(encoded: "x"), isOperator: false)
        let boris = try #require(try await served.bench.store.createUser(new, now: start))
        _ = try served.board("Same")
        _ = try served.board("Same", of: boris)
        let (mine, theirs) = try await (
            served.server.page("/ideaboards/", of: served.site), served.server.page("/ideaboards/", of: .user(boris))
        )
        #expect(mine?.body == theirs?.body && mine?.filePath != nil)
        #expect(mine?.filePath != theirs?.filePath, "a proxy must send each owner's own file")
        _ = try served.board("Secret")
        #expect(try await served.text("/ideaboards/", of: .user(boris)) == "Same")
        #expect(try await served.text("/ideaboards/")?.contains("Secret") == true)
    }

    @Test("What has no address is nothing, a page too old for a file is rendered when it is asked for")
    func unpublished() async throws {
        let served = try await Served()
        #expect(try await served.text("/nothing/") == nil)
        #expect(try await served.text("/manifest") == nil)
        #expect(try await served.text("/../manifest") == nil)
        let old = try #require(try await served.server.page("/trends/old/", of: served.site))
        #expect(old.body == Array("old page".utf8) && old.filePath == nil)
        #expect(try await served.server.page("/trends/old/", of: .publicPages) == nil)
        #expect(try await served.server.page("/", of: .board(slug: "none")) == nil)
    }

    @Test("A file that another process dropped meanwhile is published again")
    func droppedElsewhere() async throws {
        let served = try await Served()
        let board = try served.board("One")
        let page = try #require(try await served.server.page("/ideaboards/\(board)/", of: served.site))
        let other = served.fresh()
        _ = try await other.page("/ideaboards/", of: served.site)
        try DiskFileSystem().remove(served.bench.publisher().folders.root + "/" + (page.filePath ?? ""))
        _ = try served.bench.store.updateIdeaboard(
            board, title: "One", content: "new", status: .draft, for: served.bench.user, now: start)
        let newer = try await other.page("/ideaboards/\(board)/", of: served.site)
        #expect(newer?.body == Array("One: new".utf8))
    }

    @Test(
        "The type follows from the address",
        arguments: [
            ("/trends/", "text/html; charset=utf-8"), ("/404.html", "text/html; charset=utf-8"),
            ("/feeds/x.xml", "application/atom+xml; charset=utf-8"), ("/sitemap.xml", "application/xml; charset=utf-8"),
        ])
    func types(_ address: String, _ type: String) {
        #expect(ContentTypes.of(address) == type)
    }
}

/// As `PlainRendering`, with one page that is too old to have a file.
private struct OldPages: SiteRendering {
    private let plain = PlainRendering()

    func render(
        _ snapshot: any SiteSnapshot, after previous: Manifest?, now: Instant, to sink: inout some PageTaking
    ) throws -> Instant? {
        try plain.render(snapshot, after: previous, now: now, to: &sink)
    }

    func renderOne(_ address: String, _ snapshot: any SiteSnapshot, now: Instant) throws -> [UInt8]? {
        address == "/trends/old/" ? Array("old page".utf8) : nil
    }

    func renderPublicPages(to sink: inout some PageTaking) throws {
        try plain.renderPublicPages(to: &sink)
    }
}
