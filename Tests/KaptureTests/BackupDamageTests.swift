import Core
import Foundation
import SQL
import Store
import TestSupport
import Testing

@testable import kapture

@Suite("Damaged backups")
struct BackupDamageTests {
    private let now = StoreFixture.start

    private func archive(_ folder: TemporaryFolder) async throws -> [UInt8] {
        let fixture = try await StoreFixture(.sqlite)
        let run = BackupRun(database: .sqlite(path: fixture.file), settings: "KAPTURE_PORT=8080\n", now: now)
        _ = try run.write(to: folder.path + "/whole.tar")
        return Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/whole.tar")))
    }

    private func restore(_ bytes: [UInt8], in folder: TemporaryFolder) throws {
        let file = folder.path + "/changed.tar"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let target = try DataFolder(preparing: folder.path + "/data")
        _ = try RestoreRun(
            folder: target, database: .sqlite(path: target.path + "/kapture.db"), isForced: false, now: now,
            databaseID: "new"
        ).run(file)
    }

    /// Nothing may have been put where the restore was to go.
    private func expectNothing(in folder: TemporaryFolder, _ comment: Comment) throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/data") == [], comment)
    }

    @Test("cut off anywhere are refused, and nothing is changed")
    func cutOff() async throws {
        let folder = try TemporaryFolder()
        let whole = try await archive(folder)
        var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let lengths = [0, 1, 511, 512, 1023, 1024, whole.count - 1, whole.count - 1024, whole.count - 1600]
        for length in lengths + (0..<60).map({ _ in Int.random(in: 0..<whole.count, using: &random) }) {
            let failure = #expect(throws: BackupFailure.self, "\(length) bytes, seed \(random.seed)") {
                try restore(Array(whole[..<length]), in: folder)
            }
            #expect(failure == .cutOff || length < 2048, "\(length) bytes: \(String(describing: failure))")
            try expectNothing(in: folder, "\(length) bytes")
        }
    }

    @Test("changed by one bit anywhere are refused, and nothing is changed")
    func changed() async throws {
        let folder = try TemporaryFolder()
        let whole = try await archive(folder)
        var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let places =
            Array(0..<40).map { $0 * 50 } + (0..<200).map { _ in Int.random(in: 0..<whole.count, using: &random) }
        for place in places {
            var bytes = whole
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(throws: BackupFailure.self, "byte \(place), seed \(random.seed)") { try restore(bytes, in: folder) }
            try expectNothing(in: folder, "byte \(place)")
        }
    }

    @Test("with something behind their end, and other files, are refused", arguments: [0, 100, 5000])
    func others(count: Int) async throws {
        let folder = try TemporaryFolder()
        let whole = try await archive(folder)
        #expect(throws: BackupFailure.damaged("its end")) { try restore(whole + [0], in: folder) }
        #expect(throws: BackupFailure.notABackup) { try restore([UInt8](repeating: 0x41, count: count), in: folder) }
    }

    @Test("of a newer program are refused by their version")
    func newer() async throws {
        let fixture = try await StoreFixture(.sqlite)
        try fixture.store.close()
        try SQLiteFile.alone(fixture.file, "INSERT INTO schema_migrations VALUES (999, 'future')")
        let run = BackupRun(database: .sqlite(path: fixture.file), settings: "", now: now)
        _ = try run.write(to: fixture.folder.path + "/newer.tar")

        let target = try DataFolder(preparing: fixture.folder.path + "/data")
        let failure = BackupFailure.newerSchema(found: 999, known: Store.schemaVersion)
        #expect(throws: failure) {
            try RestoreRun(
                folder: target, database: .sqlite(path: target.path + "/kapture.db"), isForced: false, now: now,
                databaseID: "new"
            )
            .run(fixture.folder.path + "/newer.tar")
        }
        let format = Array(#"{"format": 2, "engine": "tea"}"#.utf8)
        #expect(throws: BackupFailure.newerFormat(2)) { try BackupManifest(decoding: format) }
    }

    @Test("hold what tar can hold", arguments: [0, 1, 511, 512, 513, 1 << 33, 1 << 40] as [Int64])
    func entries(size: Int64) {
        let entry = TarEntry(name: "database.sqlite", size: size)
        let block = entry.encoded(at: now)
        #expect(block.count == 512 && TarEntry(block) == entry)
        #expect((size + Int64(entry.padding)) % 512 == 0 && entry.padding < 512)
    }
}

/// Runs programs.
enum Shell {
    static func run(
        _ program: String, _ arguments: [String], _ environment: [String: String]? = nil
    ) throws -> (status: Int32, output: String) {
        let (process, output) = (Process(), Pipe())
        (process.executableURL, process.arguments) = (URL(fileURLWithPath: program), arguments)
        if let environment { process.environment = environment }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
