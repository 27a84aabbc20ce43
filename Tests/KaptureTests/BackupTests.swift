import Core
import Foundation
import SQL
import Store
import Synchronization
import TestSupport
import Testing

@testable import kapture

@Suite("Backup and restore")
struct BackupTests {
    private let now = StoreFixture.start

    private func backup(_ fixture: StoreFixture, _ name: String = "backup.tar") throws -> String {
        let target = "\(fixture.folder.path)/\(name)"
        let run = BackupRun(database: .sqlite(path: fixture.file), settings: "KAPTURE_PORT=8080\n", now: now)
        _ = try run.write(to: target)
        return target
    }

    private func restore(_ archive: String, to folder: String, force: Bool = false) throws -> RestoreRun.Outcome {
        let id = UUID().uuidString
        return try RestoreRun(
            folder: try DataFolder(preparing: folder), database: .sqlite(path: folder + "/kapture.db"), isForced: force,
            now: now, databaseID: id
        )
        .run(archive)
    }

    @Test("A backup made while others write holds everything up to one moment and nothing after it")
    func underLoad() async throws {
        let fixture = try await StoreFixture(.sqlite)
        let load = WriteLoad(fixture)
        defer { load.stop() }
        var (round, overlapping) = (0, 0)
        while overlapping < 3, round < 50 {
            let before = load.written
            let archive = try backup(fixture, "\(round).tar")
            let after = load.written
            let folder = "\(fixture.folder.path)/restored\(round)"
            _ = try restore(archive, to: folder)
            let count = try Self.consistentPrefix(of: folder, fixture.user)
            #expect((before...after + 1).contains(count), "round \(round): \(before) to \(after), found \(count)")
            round += 1
            if after > before { overlapping += 1 }
        }
        #expect(overlapping == 3 && load.failure == nil)
    }

    /// How many boards there are, when they are the first ones and the site's revision tells of as many.
    private static func consistentPrefix(of folder: String, _ user: UserID) throws -> Int {
        let store = try Store(sqlite: folder + "/kapture.db")
        let titles = try store.withSnapshot(of: .user(user)) { try $0.ideaboards().map(\.title) } ?? []
        #expect(Set(titles) == Set((0..<titles.count).map { "\($0)" }))
        #expect(try store.version(of: .user(user))?.revision == Int64(titles.count + 1))
        try store.close()
        return titles.count
    }

    @Test("What is restored is the same installation under a new id, with its settings beside it")
    func roundTrip() async throws {
        let fixture = try await StoreFixture(.sqlite)
        _ = try fixture.store.createIdeaboard("Kept", content: "# Text", for: fixture.user, now: now)
        let picture = try NamedPicture.sample()
        _ = try await fixture.store.setPicture(picture, of: fixture.user, now: now)
        let target = fixture.folder.path + "/new/data"

        let outcome = try restore(try backup(fixture), to: target)
        #expect(outcome.kept == nil && outcome.manifest.schemaVersion == Store.schemaVersion)
        let store = try Store(sqlite: target + "/kapture.db")
        #expect(store.databaseID != fixture.store.databaseID && store.serverKey == fixture.store.serverKey)
        #expect(try await store.user(fixture.user)?.email == "mara@example.com")
        #expect(try store.withSnapshot(of: .user(fixture.user)) { try $0.ideaboards().map(\.title) } == ["Kept"])
        #expect(try await store.picture(picture.digest, of: fixture.user) == picture.picture)
        #expect(try String(contentsOfFile: target + "/restored-settings.env", encoding: .utf8) == "KAPTURE_PORT=8080\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: target).allSatisfy { !$0.hasSuffix(".restoring") })
    }

    @Test("A backup is one new file that only its owner reads, and that tar reads too")
    func file() async throws {
        let fixture = try await StoreFixture(.sqlite)
        let archive = try backup(fixture)

        let attributes = try FileManager.default.attributesOfItem(atPath: archive)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let left = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
        #expect(Set(left).subtracting(["kapture.db", "kapture.db-wal", "kapture.db-shm"]) == ["backup.tar"])
        let list = try Shell.run("/bin/tar", ["tf", archive])
        #expect(list.output == "manifest.json\nsettings.env\ndatabase.sqlite\narchive.sha256\n" && list.status == 0)
        #expect(throws: ValidationError.self) { try backup(fixture) }
    }

    @Test("A backup of nothing fails and leaves nothing", arguments: ["missing.db", "text.db"])
    func noDatabase(name: String) throws {
        let folder = try TemporaryFolder()
        if name == "text.db" { try Data("no database".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/text.db")) }
        let run = BackupRun(database: .sqlite(path: "\(folder.path)/\(name)"), settings: "", now: now)

        #expect(throws: (any Error).self) { try run.write(to: folder.path + "/backup.tar") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "text.db" } == [])
    }

    @Test("A folder that is not empty is refused; with force its database is replaced and kept aside")
    func force() async throws {
        let (old, new) = (try await StoreFixture(.sqlite), try await StoreFixture(.sqlite))
        _ = try new.store.createIdeaboard("New", content: "", for: new.user, now: now)
        let archive = try backup(new)
        let oldID = old.store.databaseID
        #expect(throws: ValidationError.self) { try restore(archive, to: old.folder.path) }
        let inUse = #expect(throws: ValidationError.self) { try restore(archive, to: old.folder.path, force: true) }
        #expect(inUse?.rule.contains("must not be in use") == true)
        try old.store.close()

        let kept = try #require(try restore(archive, to: old.folder.path, force: true).kept)
        let (restored, before) = (try Store(sqlite: old.file), try Store(sqlite: kept))
        #expect(try await restored.user(new.user) != nil)
        #expect(try await restored.user(old.user) == nil)
        #expect(try await before.user(old.user) != nil)
        #expect(before.databaseID == oldID)
    }

    @Test("A damaged database can be replaced too")
    func damagedTarget() async throws {
        let fixture = try await StoreFixture(.sqlite)
        let archive = try backup(fixture)
        let folder = try TemporaryFolder()
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: folder.path + "/kapture.db"))

        let outcome = try restore(archive, to: folder.path, force: true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: try #require(outcome.kept))) == Data("damaged".utf8))
        #expect(try await Store(sqlite: folder.path + "/kapture.db").user(fixture.user) != nil)
    }
}

/// A thread that makes one ideaboard after the other, numbered from 0, each in a transaction that bumps the site.
private final class WriteLoad: Sendable {
    private let isStopped = Atomic(false)
    private let count = Atomic(0)
    private let failed = Mutex<String?>(nil)

    init(_ fixture: StoreFixture) {
        Thread.detachNewThread { [self] in
            let text = String(repeating: "x", count: 3000)
            do {
                while !isStopped.load(ordering: .acquiring) {
                    try fixture.store.createIdeaboard(
                        "\(written)", content: text, for: fixture.user, now: StoreFixture.start)
                    count.add(1, ordering: .acquiringAndReleasing)
                }
            } catch {
                failed.withLock { $0 = "\(error)" }
            }
        }
    }

    var written: Int { count.load(ordering: .acquiring) }
    var failure: String? { failed.withLock { $0 } }

    func stop() { isStopped.store(true, ordering: .releasing) }
}
