import Core
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Killed restores")
struct RestoreKillTests {
    @Test("Whenever a restore is killed, the folder holds the old database or the new one, whole")
    func killed() async throws {
        let (old, new) = (try await StoreFixture(.sqlite), try await StoreFixture(.sqlite))
        for number in 0..<40 {
            try new.store.createIdeaboard(
                "\(number)", content: String(repeating: "x", count: 50_000), for: new.user, now: StoreFixture.start)
        }
        let (data, archive) = (old.folder.path, new.folder.path + "/backup.tar")
        let kapture = try #require(BuiltProgram.path("kapture"))
        #expect(try run(kapture, ["backup", archive, "--data", new.folder.path]) == 0)
        try old.store.close()
        var outcomes: Set<String> = []
        for round in 0..<15 {
            let delay = Double.random(in: 0...0.15)
            let status = try run(kapture, ["restore", archive, "--force", "--data", data], killedAfter: delay)
            let store = try Store(sqlite: old.file)
            let (hasOld, hasNew) = (try await store.user(old.user) != nil, try await store.user(new.user) != nil)
            #expect(hasOld != hasNew, "round \(round), killed after \(delay) s")
            #expect(status != 0 || hasNew)
            outcomes.insert(hasNew ? "new" : "old")
            try store.close()
        }
        #expect(try run(kapture, ["restore", archive, "--force", "--data", data]) == 0)
        #expect(try await Store(sqlite: old.file).user(new.user) != nil)
        #expect(!outcomes.isEmpty)
    }

    private func run(_ program: String, _ arguments: [String], killedAfter delay: Double? = nil) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments + ["--root", RepositoryRoot.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        if let delay {
            Thread.sleep(forTimeInterval: delay)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
