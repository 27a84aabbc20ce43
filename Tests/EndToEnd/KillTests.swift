import Core
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Killed publishers")
struct KillTests {
    private let start = StoreFixture.start

    @Test(
        "Killed at whichever file operation, the site served is the old or the new one, whole, and the next cleans up")
    func everyStep() async throws {
        let fixture = try await StoreFixture()
        let site = PublishedSite(fixture)
        let (board, _) = try fixture.store.createIdeaboard("One", content: "a", for: fixture.user, now: start)
        try site.publish()
        var turn = 0
        while true {
            let old = try site.wholeManifest()
            _ = try fixture.store.updateIdeaboard(
                board, title: "Edit \(turn)", content: "b", status: .draft, for: fixture.user, now: start)
            let status = try Probe.run([fixture.folder.path, fixture.user.rawValue, "\(turn)", fixture.location])
            let found = try site.wholeManifest()
            #expect(status == 0 || found == old || found?.revision == (old?.revision ?? 0) + 1)
            try site.publish()
            #expect(try site.strayFiles() == [])
            #expect(try site.wholeManifest()?.revision == fixture.store.version(of: .user(fixture.user))?.revision)
            if status == 0 { break }
            turn += 1
        }
        #expect(turn > 6)
    }

    /// `KAPTURE_KILLS` asks for more.
    private static let kills = Int(ProcessInfo.processInfo.environment["KAPTURE_KILLS"] ?? "") ?? 5

    @Test("Killed at random moments, the site served stays whole and the next publish cleans up")
    func randomMoments() async throws {
        // Begun anew now and then: what the edits pile up would make every later round slower.
        for begun in stride(from: 0, to: Self.kills, by: 20) {
            let fixture = try await StoreFixture()
            let site = PublishedSite(fixture)
            try site.publish()
            for _ in begun..<min(begun + 20, Self.kills) { try kill(fixture, site) }
        }
    }

    private func kill(_ fixture: StoreFixture, _ site: PublishedSite) throws {
        let (delay, seed) = (Double.random(in: 0.15...0.7), UInt64.random(in: 0...UInt64.max))
        let status = try Probe.run(
            [fixture.folder.path, fixture.user.rawValue, "loop-\(seed)", fixture.location], killedAfter: delay)
        let place: Comment = "seed \(seed), killed after \(delay) s"
        #expect(status == SIGKILL, place)
        #expect(try site.wholeManifest() != nil, place)
        try site.publish()
        #expect(try site.strayFiles() == [], place)
    }
}

/// Runs of the process that publishes and dies.
enum Probe {
    /// The exit status; 9 when it was killed.
    @discardableResult
    static func run(_ arguments: [String], killedAfter delay: Double? = nil) throws -> Int32 {
        let process = Process()
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let built = [folder.path, RepositoryRoot.path + "/.build/debug", RepositoryRoot.path + "/.build/release"]
        let found = built.map { $0 + "/PublishProbe" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        process.executableURL = URL(fileURLWithPath: try #require(found))
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        // A crash is told by its status; the tracer it would start outlives the kill and keeps what is waited for open.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        try process.run()
        if let delay {
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
