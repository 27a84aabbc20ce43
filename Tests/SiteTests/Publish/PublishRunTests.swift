import Core
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@testable import Site

@Suite("Publishing many sites")
struct PublishRunTests {
    private let start = StoreFixture.start

    /// A bench with more users, each with a board.
    private func bench(users: Int) async throws -> PublishBench {
        let bench = try await PublishBench()
        var all = [bench.user]
        for index in 1..<users {
            let user = NewUser(
                email: "u\(index)@example.com", name: nil, password: PasswordHash(encoded: "x"), isOperator: false)
            all.append(try #require(try await bench.store.createUser(user, now: start)))
        }
        for user in all { _ = try bench.store.createIdeaboard("Of \(user)", content: "x", for: user, now: start) }
        return bench
    }

    @Test(
        "Every site behind is published once, on any number of threads, and then none is behind",
        arguments: [0, 1, 2, 8])
    func all(_ threads: Int) async throws {
        let bench = try await bench(users: 7)
        let run = PublishRun(publisher: bench.publisher(), threads: threads)
        let told = Mutex<[Int]>([])

        let first = run.run(try bench.store.userSites()) { count in told.withLock { $0.append(count) } }
        let second = run.run(try bench.store.userSites())

        #expect((first.sites, first.published, first.pages, first.written) == (7, 7, 14, 14))
        #expect(first.failures.isEmpty && first.bytesWritten > 0)
        #expect(told.withLock { $0.sorted() } == Array(1...7))
        #expect((second.sites, second.published, second.written) == (7, 0, 0))
    }

    @Test("A dry run counts what is behind and touches nothing")
    func dryRun() async throws {
        let bench = try await bench(users: 3)
        _ = try bench.publisher().publish(.user(bench.user))
        let run = PublishRun(publisher: bench.publisher(), threads: 2)

        let report = run.run(try bench.store.userSites(), isDryRun: true)

        #expect((report.sites, report.published, report.written) == (3, 2, 0))
        #expect(try bench.store.userSites().filter { try bench.publisher().isCurrent($0.version) }.count == 1)
    }

    @Test("A site that cannot be written is named with its reason and stops no other")
    func oneFails() async throws {
        let bench = try await bench(users: 5)
        let sites = try bench.store.userSites()
        let blocked = sites[2]
        // A file where the site's folder should be.
        let folder = bench.publisher().folders.testFolder(of: blocked.version.key)
        try? DiskFileSystem().makeFolder((folder as NSString).deletingLastPathComponent)
        try DiskFileSystem().write([1], to: folder)

        let report = PublishRun(publisher: bench.publisher(), threads: 2).run(sites)

        #expect((report.sites, report.published) == (5, 4))
        #expect(report.failures.map(\.site) == [blocked.user])
        #expect(report.failures[0].reason.contains(blocked.version.key))
    }

    @Test(
        "A tree that was cut off anywhere and is then written for somebody else holds nothing of the first",
        arguments: 0..<22)
    func treeCutOff(_ turn: Int) async throws {
        let bench = try await bench(users: 2)
        let (folder, users) = (bench.fixture.folder.path + "/tree", try bench.store.userSites().map(\.user))
        let (first, second) = (users[0], users[1])
        _ = try bench.publisher().publish(.user(first))
        let files = FaultyFileSystem(failing: turn) { 28 }

        _ = try? SiteTree(publisher: bench.publisher(files)).write(.user(first), to: folder)
        let count = try SiteTree(publisher: bench.publisher()).write(.user(second), to: folder)

        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        #expect(names.filter { $0.hasSuffix(".html") }.count == count)
        for name in names where name.hasSuffix(".html") {
            #expect(try !String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).contains("\(first)"), "\(name)")
        }
        let empty = names.filter {
            (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\($0)"))?.isEmpty ?? false
        }
        #expect(empty == [])
    }

    @Test("A plain tree has a file for every page, whole, and again the same")
    func tree() async throws {
        let bench = try await bench(users: 1)
        let board = try bench.store.createIdeaboard("More", content: "y", for: bench.user, now: start).id
        let folder = bench.fixture.folder.path + "/out/deep"
        let tree = SiteTree(publisher: bench.publisher())

        #expect(try tree.write(.user(bench.user), to: folder) == 3)
        #expect(try tree.write(.publicPages, to: folder + "/public") == 1)

        let text = { (path: String) in try String(contentsOfFile: folder + path, encoding: .utf8) }
        #expect(try text("/ideaboards/\(board)/index.html") == "More: y")
        #expect(try Set(text("/ideaboards/index.html").split(separator: "\n")) == ["More", "Of \(bench.user)"])
        #expect(try text("/public/index.html") == "landing")
        #expect(try tree.write(.user(UserID(rawValue: "nobody")), to: folder) == 0)
    }
}
