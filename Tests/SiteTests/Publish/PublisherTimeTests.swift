import Core
import Foundation
import Store
import TestSupport
import Testing

@testable import Site

/// What time alone does to a published site, and what a failed publish leaves behind.
@Suite("Publisher, time and leftovers")
struct PublisherTimeTests {
    private let start = StoreFixture.start

    private func edit(_ bench: PublishBench, _ board: IdeaboardID, _ content: String) throws {
        _ = try bench.store.updateIdeaboard(
            board, title: "One", content: content, status: .draft, for: bench.user, now: start)
    }

    private func board(_ bench: PublishBench) throws -> IdeaboardID {
        try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start).id
    }

    private func boardFiles(_ bench: PublishBench) throws -> Int {
        try bench.fileNames().filter { $0.hasPrefix("ideaboards~") }.count
    }

    @Test("A dropped file lives 60 seconds, to the second", arguments: [(59, 3), (60, 2), (61, 2)] as [(Int64, Int)])
    func droppedLifetime(_ seconds: Int64, _ files: Int) async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        _ = try bench.publisher().publish(.user(bench.user))
        try edit(bench, board, "b")
        _ = try bench.publisher().publish(.user(bench.user))
        try edit(bench, board, "c")
        _ = try bench.publisher(now: start.adding(seconds: seconds)).publish(.user(bench.user))
        #expect(try boardFiles(bench) == files)
    }

    @Test("A reader of the manifest before still finds every page that it names")
    func oldReader() async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        let old = try #require(try bench.publisher().publish(.user(bench.user)))
        try edit(bench, board, "b")
        _ = try bench.publisher(now: start.adding(seconds: 59)).publish(.user(bench.user))
        for (address, digest) in old.manifest.pages {
            let publisher = bench.publisher()
            let path = publisher.folders.root + "/" + publisher.folders.relativePath(of: address, digest, key: old.key)
            #expect(try DiskFileSystem().read(path).map { PageDigest(of: $0, publisher.folders.digestKey) } == digest)
        }
    }

    @Test("Files that nothing names are swept after a publish died, dropped and current ones are not")
    func sweep() async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        let key = try #require(try bench.publisher().publish(.user(bench.user))).key
        try edit(bench, board, "b")
        _ = try bench.publisher().publish(.user(bench.user))
        let folder = bench.publisher().folders.testFolder(of: key)
        for name in ["manifest.new", "half.written.html", "ideaboards~x.0.html"] {
            try DiskFileSystem().write([1], to: "\(folder)/\(name)")
        }
        try edit(bench, board, "c")
        _ = try bench.publisher(now: start.adding(seconds: 1)).publish(.user(bench.user))
        #expect(try bench.strayFiles() == [])
        #expect(try boardFiles(bench) == 3, "one current, two dropped within the minute")
        #expect(!(try bench.fileNames()).contains("manifest.new"))
    }

    @Test("Without the mark of a dead publish nothing is listed and nothing swept")
    func noSweep() async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        let key = try #require(try bench.publisher().publish(.user(bench.user))).key
        try DiskFileSystem().write([1], to: bench.publisher().folders.testFolder(of: key) + "/stray.html")
        try edit(bench, board, "b")
        _ = try bench.publisher().publish(.user(bench.user))
        #expect(try bench.strayFiles() == ["stray.html"])
    }

    @Test("A folder without a manifest is trusted in nothing")
    func noManifest() async throws {
        let bench = try await PublishBench()
        _ = try board(bench)
        let first = try #require(try bench.publisher().publish(.user(bench.user)))
        let folder = bench.publisher().folders.testFolder(of: first.key)
        for name in try bench.fileNames() where name != "manifest" {
            try DiskFileSystem().write([0], to: "\(folder)/\(name)")
        }
        try DiskFileSystem().remove(folder + "/manifest")
        let second = try #require(try bench.publisher().publish(.user(bench.user)))
        #expect(second.written == 2 && second.manifest.pages == first.manifest.pages)
        #expect(try bench.served()["/ideaboards/"] == "One")
    }

    @Test("A dropped file that was lost is written again, not reused")
    func lostDropped() async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        let key = try #require(try bench.publisher().publish(.user(bench.user))).key
        let folder = bench.publisher().folders.testFolder(of: key)
        let old = try #require(try bench.fileNames().first { $0.hasPrefix("ideaboards~") })
        try edit(bench, board, "b")
        _ = try bench.publisher().publish(.user(bench.user))
        try DiskFileSystem().remove("\(folder)/\(old)")
        try DiskFileSystem().write([], to: "\(folder)/manifest.new")
        try edit(bench, board, "a")
        #expect(try bench.publisher().publish(.user(bench.user))?.written == 1)
        #expect(try bench.served()["/ideaboards/\(board)/"] == "One: a")
    }

    @Test("A due time that has come is a reason to publish, one to come is not")
    func due() async throws {
        let bench = try await PublishBench()
        let rendering = DueRendering(dueAt: start.adding(hours: 2))
        func publisher(_ now: Instant) -> SitePublisher<DiskFileSystem, DueRendering> {
            SitePublisher(
                folders: bench.publisher().folders, content: bench.store, rendering: rendering, files: DiskFileSystem(),
                now: { now })
        }
        let version = try #require(try bench.store.version(of: .user(bench.user)))
        _ = try publisher(start).publish(.user(bench.user))
        #expect(try publisher(start.adding(hours: 1.99)).isCurrent(version))
        #expect(try !publisher(start.adding(hours: 2)).isCurrent(version))
        let again = try #require(try publisher(start.adding(hours: 2.5)).publish(.user(bench.user)))
        #expect(again.written == 1 && again.manifest.dueAt == nil)
        #expect(try bench.served()["/hour/"] == "11", "rendered for the whole hour")
    }

    @Test("A site whose user goes while it is published is gone with its folder")
    func vanished() async throws {
        let bench = try await PublishBench()
        let key = try #require(try bench.publisher().publish(.user(bench.user))).key
        let ghost = Vanished(version: SiteVersion(key: key, revision: 99))
        let publisher = SitePublisher(
            folders: bench.publisher().folders, content: ghost, rendering: PlainRendering(), files: DiskFileSystem(),
            now: { start })
        #expect(try publisher.publish(.user(bench.user)) == nil)
        #expect(try DiskFileSystem().names(in: bench.publisher().folders.testFolder(of: key)) == [])
    }

    @Test("Publishers on many threads leave one whole site, each write in it", arguments: 1...3)
    func threads(_ round: Int) async throws {
        let bench = try await PublishBench()
        let board = try board(bench)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for step in 0..<8 {
                #expect(throws: Never.self) {
                    try edit(bench, board, "\(thread) \(step)")
                    _ = try bench.publisher().publish(.user(bench.user))
                }
            }
        }
        let content = try bench.store.withSnapshot(of: .user(bench.user)) { try $0.ideaboard(board)?.content } ?? nil
        #expect(try bench.served()["/ideaboards/\(board)/"] == content.map { "One: \($0)" })
        #expect(try bench.strayFiles() == [])
    }
}

/// One page that says its hour, due once.
private struct DueRendering: SiteRendering {
    let dueAt: Instant

    func render(
        _ snapshot: any SiteSnapshot, after previous: Manifest?, now: Instant, to sink: inout some PageTaking
    ) throws -> Instant? {
        try sink.emit("/hour/", Array("\(CivilTime(now).hour)".utf8))
        return now < dueAt ? dueAt : nil
    }

    func renderOne(_ address: String, _ snapshot: any SiteSnapshot, now: Instant) throws -> [UInt8]? { nil }
    func renderPublicPages(to sink: inout some PageTaking) throws {}
}

/// A user whose row goes between the look at the revision and the snapshot.
private struct Vanished: SiteContentReading {
    let version: SiteVersion

    func version(of site: SiteName) throws -> SiteVersion? { version }
    func versionAtOnce(of site: SiteName) throws -> SiteVersion? { version }
    func currentVersion(of site: SiteName) async throws -> SiteVersion? { version }
    func withSnapshot<Value>(of site: SiteName, _ body: (any SiteSnapshot) throws -> Value) throws -> Value? { nil }
    func userSites() throws -> [(user: UserID, version: SiteVersion)] { [] }
}
