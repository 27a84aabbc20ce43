import Core
import Foundation
import SQL
import Store

/// Makes a backup of an installation, while it serves or not.
struct BackupRun {
    static let databaseName = "database.sqlite"
    static let settingsName = "settings.env"

    let database: DatabaseAddress
    /// `KEY=value` lines without secrets.
    let settings: String
    let now: Instant

    /// Writes the new file `target`, reads it again, and returns what it holds. When this throws, there is no `target`.
    func write(to target: String) throws -> BackupManifest {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw ValidationError(field: "FILE", rule: "must not exist yet; \(target) does")
        }
        let (copy, partial) = (target + ".database", target + ".partial")
        let temporary = [partial, copy] + SQLiteFile.companions.map { copy + $0 }
        defer { for path in temporary { try? FileManager.default.removeItem(atPath: path) } }
        for path in temporary where FileManager.default.fileExists(atPath: path) {
            try FileManager.default.removeItem(atPath: path)
        }
        try copyDatabase(to: copy)
        let problems = try SQLiteFile.problems(copy, isThorough: true)
        guard problems.isEmpty else { throw SQLFailure.corrupt(reason: problems.joined(separator: "; ")) }
        let contents: [(name: String, content: BackupArchive.Content)] = [
            (Self.settingsName, .bytes(Array(settings.utf8))), (Self.databaseName, .file(copy)),
        ]
        let manifest = BackupManifest(
            engine: "sqlite", schemaVersion: try SQLiteFile.schemaVersion(copy), createdAt: Figures.iso(now),
            files: try contents.map { try BackupArchive.describe($0.name, $0.content) })
        let whole = [(name: BackupManifest.fileName, content: .bytes(try manifest.encoded()))] + contents
        try BackupArchive.write(whole, to: partial, now: now)
        guard try BackupArchive.read(partial) == manifest else { throw BackupFailure.damaged("its manifest") }
        try BlockFile.rename(partial, to: target)
        return manifest
    }

    /// A SQLite file that holds the database as it was at one moment, whatever engine it is on.
    private func copyDatabase(to copy: String) throws {
        switch database {
        case .sqlite(let path): try SQLiteFile.copy(path, to: copy)
        case .postgres:
            _ = try StoreCopy(from: database, to: .sqlite(path: copy)).run()
            try SQLiteFile.alone(copy)
        }
    }
}
