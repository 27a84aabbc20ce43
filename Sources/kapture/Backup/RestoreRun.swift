import Core
import Foundation
import SQL
import Store

/// Puts the contents of a backup into a data folder.
///
/// The one step that counts is a rename over `kapture.db`, or a commit on PostgreSQL: before it everything is as it was,
/// after it everything is as in the backup. The published sites need nothing: the database gets a new id, under which
/// there are none.
struct RestoreRun {
    let folder: DataFolder
    let database: DatabaseAddress
    /// Whether what is in the folder may be replaced; it is kept aside.
    let isForced: Bool
    let now: Instant
    /// The new id of the database.
    let databaseID: String

    struct Outcome {
        let manifest: BackupManifest
        /// Where the database is that was there before.
        let kept: String?
    }

    private var incoming: String {
        guard case .sqlite(let path) = database else { return folder.path + "/kapture.db.restoring" }
        return path + ".restoring"
    }

    func run(_ archive: String) throws -> Outcome {
        let manifest = try BackupArchive.read(archive)
        guard manifest.engine == "sqlite" else { throw BackupFailure.otherEngine(manifest.engine) }
        guard manifest.schemaVersion <= Store.schemaVersion else {
            throw BackupFailure.newerSchema(found: manifest.schemaVersion, known: Store.schemaVersion)
        }
        try refuseUsedFolder()
        try removeIncoming()
        defer { try? removeIncoming() }
        let settings = try extract(archive)
        try prepare(manifest)
        let kept = try putInPlace()
        try Data(settings).write(to: URL(fileURLWithPath: folder.path + "/restored-settings.env"), options: .atomic)
        return Outcome(manifest: manifest, kept: kept)
    }

    /// Where the database is kept that was there before.
    private func putInPlace() throws -> String? {
        guard case .sqlite(let path) = database else {
            // A backup of an older program gets this one's schema first.
            try Store(sqlite: incoming).close()
            _ = try StoreCopy(from: .sqlite(path: incoming), to: database, named: "KAPTURE_DATABASE_URL").run()
            return nil
        }
        let kept = try keepOld(path)
        try BlockFile.rename(incoming, to: path)
        return kept
    }

    private func refuseUsedFolder() throws {
        if !isForced, case .sqlite(let path) = database, FileManager.default.fileExists(atPath: path) {
            throw ValidationError(
                field: path == folder.path + "/kapture.db" ? "--data" : "KAPTURE_DATABASE_URL",
                rule: "must not hold a database yet; \(path) does. With --force it is replaced and kept aside")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "lost+found" }
        guard isForced || names.isEmpty else {
            throw ValidationError(
                field: "--data",
                rule:
                    "must be an empty folder; \(folder.path) is not. With --force its database is replaced and kept aside"
            )
        }
    }

    /// What a restore that was killed left: its journal would be rolled back into the next one's database.
    private func removeIncoming() throws {
        for path in ([""] + SQLiteFile.companions).map({ incoming + $0 }) {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    /// Writes the database beside the one that is there, and returns the settings.
    private func extract(_ archive: String) throws -> [UInt8] {
        let database = try BlockFile(creating: incoming)
        var settings: [UInt8] = []
        _ = try BackupArchive.read(archive) { name, piece in
            switch name {
            case BackupRun.databaseName: try database.write(piece)
            case BackupRun.settingsName: settings += piece
            default: break
            }
        }
        try database.sync()
        return settings
    }

    private func prepare(_ manifest: BackupManifest) throws {
        let problems = try SQLiteFile.problems(incoming, isThorough: true)
        guard problems.isEmpty, try SQLiteFile.schemaVersion(incoming) == manifest.schemaVersion else {
            throw BackupFailure.damaged(BackupRun.databaseName)
        }
        try SQLiteFile.alone(incoming, "UPDATE installation SET database_id = \(databaseID)")
    }

    private func freeName(_ name: String) -> String {
        let names = [name] + (2...1000).map { "\(name)-\($0)" }
        return names.first { !FileManager.default.fileExists(atPath: $0) } ?? name
    }

    /// Keeps the database that is there under another name, so that the rename replaces it; its log must not be taken
    /// for the new one's. Throws when a server has it open.
    private func keepOld(_ path: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            try SQLiteFile.alone(path)
        } catch SQLFailure.corrupt {
            // What is damaged already is kept as it is.
        } catch SQLFailure.busy {
            throw ValidationError(
                field: "--data", rule: "must not be in use; stop the kapture that serves \(folder.path) first")
        }
        let kept = freeName("\(path).before-\(now.milliseconds / 1000)")
        try FileManager.default.linkItem(atPath: path, toPath: kept)
        for suffix in SQLiteFile.companions where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
        return kept
    }
}
