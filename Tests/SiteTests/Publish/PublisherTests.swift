import Core
import Foundation
import Glibc
import Site
import Store
import TestSupport
import Testing

@Suite("Publisher")
struct PublisherTests {
    private let start = StoreFixture.start

    @Test("A publish that changes nothing writes nothing")
    func nothingChanged() async throws {
        let bench = try await PublishBench()
        _ = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        let first = try #require(try bench.publisher().publish(.user(bench.user)))
        let second = try #require(try bench.publisher().publish(.user(bench.user)))
        #expect((first.written, second.written) == (2, 0))
        #expect(first.manifest == second.manifest)
    }

    @Test("An edit writes the pages it changes and keeps the others")
    func edit() async throws {
        let bench = try await PublishBench()
        let (id, _) = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        _ = try bench.store.createIdeaboard("Two", content: "b", for: bench.user, now: start)
        _ = try bench.publisher().publish(.user(bench.user))
        _ = try bench.store.updateIdeaboard(id, title: "One", content: "c", status: .draft, for: bench.user, now: start)
        let publication = try #require(try bench.publisher().publish(.user(bench.user)))
        #expect(publication.written == 1)
        #expect(try bench.served()["/ideaboards/\(id)/"] == "One: c")
    }

    @Test("Dropped files live for a minute and then go")
    func dropped() async throws {
        let bench = try await PublishBench()
        let (id, _) = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        for (seconds, content) in [(0, "b"), (30, "c"), (59, "d"), (200, "e")] as [(Int64, String)] {
            _ = try bench.store.updateIdeaboard(
                id, title: "One", content: content, status: .draft, for: bench.user, now: start)
            _ = try bench.publisher(now: start.adding(seconds: seconds)).publish(.user(bench.user))
        }
        let pages = try bench.fileNames().filter { $0.hasPrefix("ideaboards~") }
        #expect(pages.count == 2)
    }

    @Test("A page that returns to what it was reuses its dropped file")
    func reused() async throws {
        let bench = try await PublishBench()
        let (id, _) = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        var written: [Int] = []
        for content in ["a", "b", "a"] {
            _ = try bench.store.updateIdeaboard(
                id, title: "One", content: content, status: .draft, for: bench.user, now: start)
            written.append(try bench.publisher().publish(.user(bench.user))?.written ?? -1)
        }
        #expect(written == [2, 1, 0])
        #expect(try bench.served()["/ideaboards/\(id)/"] == "One: a")
    }

    @Test("A deleted user's folder goes with the next publish")
    func deletedUser() async throws {
        let bench = try await PublishBench()
        _ = try bench.publisher().publish(.user(bench.user))
        try bench.store.deleteUser(bench.user)
        #expect(try bench.publisher().publish(.user(bench.user)) == nil)
    }

    @Test(
        "Whichever file operation fails, the old site stays whole and the next publish succeeds",
        arguments: [ENOSPC, EIO])
    func failures(code: Int32) async throws {
        let bench = try await PublishBench()
        let (id, _) = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        _ = try bench.publisher().publish(.user(bench.user))
        for turn in 0..<40 {
            let before = try bench.served()
            _ = try bench.store.updateIdeaboard(
                id, title: "One", content: "edit \(turn)", status: .draft, for: bench.user, now: start)
            let now = start.adding(seconds: Int64(turn) * 100)
            let files = FaultyFileSystem(failing: turn) { code }
            let failed = Result { try bench.publisher(files, now: now).publish(.user(bench.user)) }
            if case .failure(let error) = failed {
                #expect(error is FileFailure)
                #expect(try bench.served() == before)
            } else {
                #expect(files.operations <= turn)
            }
            _ = try bench.publisher(now: now).publish(.user(bench.user))
            #expect(try bench.served()["/ideaboards/\(id)/"] == "One: edit \(turn)")
            #expect(try bench.strayFiles() == [])
        }
    }

    @Test("A truncated or foreign manifest is no manifest", arguments: [0, 1, 31, 32, 60])
    func damagedManifest(length: Int) async throws {
        let bench = try await PublishBench()
        _ = try bench.store.createIdeaboard("One", content: "a", for: bench.user, now: start)
        let key = try #require(try bench.publisher().publish(.user(bench.user))).key
        let path = bench.publisher().folders.testFolder(of: key) + "/manifest"
        try Data(try Data(contentsOf: URL(fileURLWithPath: path)).prefix(length)).write(to: URL(fileURLWithPath: path))
        #expect(try bench.publisher().manifest(key: key) == nil)
        #expect(try bench.publisher().publish(.user(bench.user))?.written == 2)
    }
}
