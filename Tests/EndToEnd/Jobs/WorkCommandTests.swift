import Core
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Jobs of the program", .timeLimit(.minutes(2)))
struct WorkCommandTests {
    @Test("`kapture work` and `kapture serve` delete an account with its pages, and end when told to")
    func work() async throws {
        for command in [["work"], ["serve", "--port", "0"]] {
            let fixture = try await StoreFixture()
            let program = try RunningProgram(command, fixture)
            try await fixture.store.requestDeletion(of: fixture.user, now: .now)

            try await eventually { try await fixture.store.user(fixture.user) == nil }
            #expect(await program.end() == 0, "\(command)")
        }
    }

    @Test("`kapture serve --no-work` does the jobs of its own folder, and no others")
    func noWork() async throws {
        let fixture = try await StoreFixture()
        let program = try RunningProgram(["serve", "--port", "0", "--no-work"], fixture)
        let idFile = fixture.folder.path + "/folder-id"
        try await eventually { FileManager.default.fileExists(atPath: idFile) }
        let id = try String(contentsOfFile: idFile, encoding: .utf8)
        try await fixture.store.requestDeletion(of: fixture.user, now: .now)
        let terms = JobTerms(userID: fixture.user, queue: .folder(id))
        let sweep = try await fixture.store.enqueue(SweepSitesJob(), terms, now: .now)

        try await eventually { try await fixture.store.job(sweep, of: fixture.user)?.status == .completed }
        #expect(await program.end() == 0)
        #expect(try await fixture.store.user(fixture.user) != nil)
    }

    /// Looks until it is so, for half a minute at most.
    private func eventually(_ isSo: () async throws -> Bool) async throws {
        let deadline = Instant.now.adding(seconds: 30)
        while try await !isSo() {
            try #require(Instant.now < deadline, "it did not come to pass")
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// The program itself, in a process of its own.
final class RunningProgram: Sendable {
    private let number: Int32
    private let ended = Journal<Int32>()

    init(_ arguments: [String], _ fixture: StoreFixture) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: RepositoryRoot.path + "/.build/debug/kapture")
        process.arguments = arguments + ["--data", fixture.folder.path, "--root", RepositoryRoot.path]
        let database = ["KAPTURE_DATABASE_URL": fixture.location]
        process.environment = ProcessInfo.processInfo.environment.merging(database) { $1 }
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        process.terminationHandler = { [ended] in ended.add($0.terminationStatus) }
        try process.run()
        number = process.processIdentifier
    }

    /// Asks it to end; its exit status.
    func end() async -> Int32 {
        kill(number, SIGTERM)
        await ended.wait { !$0.isEmpty }
        return ended.entries[0]
    }

    deinit {
        kill(number, SIGKILL)
    }
}
