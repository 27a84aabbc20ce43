import Foundation

/// What a backup holds: its first file, `manifest.json`.
struct BackupManifest: Codable, Equatable {
    struct File: Codable, Equatable {
        let name: String
        let size: Int64
        /// Lower-case hex.
        let sha256: String
    }

    /// Raised when an older program could not read a backup any more.
    static let currentFormat = 1
    static let fileName = "manifest.json"

    let format: Int
    /// The version of the program that wrote it.
    let kapture: String
    /// ISO 8601, UTC.
    let createdAt: String
    /// `sqlite`: the database is a whole SQLite file.
    let engine: String
    let schemaVersion: Int
    /// Every file after this one, in order.
    let files: [File]

    enum CodingKeys: String, CodingKey {
        case format, kapture, engine, files
        case createdAt = "created_at"
        case schemaVersion = "schema_version"
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [10]
    }

    init(
        engine: String, schemaVersion: Int, createdAt: String, files: [File]
    ) {
        (format, kapture) = (Self.currentFormat, Kapture.version)
        (self.engine, self.schemaVersion, self.createdAt, self.files) = (engine, schemaVersion, createdAt, files)
    }

    init(decoding bytes: [UInt8]) throws(BackupFailure) {
        struct Format: Decodable { let format: Int }
        let data = Data(bytes)
        guard let format = try? JSONDecoder().decode(Format.self, from: data).format else { throw .notABackup }
        guard format <= Self.currentFormat else { throw .newerFormat(format) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data) else {
            throw .damaged(Self.fileName)
        }
        self = manifest
    }
}

/// Why a backup cannot be used. Nothing was changed.
enum BackupFailure: Error, Equatable, CustomStringConvertible {
    case notABackup
    case cutOff
    /// The part whose bytes are not those that were written.
    case damaged(String)
    case newerFormat(Int)
    case newerSchema(found: Int, known: Int)
    case otherEngine(String)

    var description: String {
        switch self {
        case .notABackup: "this file is not a backup of Kapture"
        case .cutOff: "the backup is cut off: its end is missing. Copy it again from where it came"
        case .damaged(let part): "the backup is damaged in \(part): its bytes are not those that were written"
        case .newerFormat(let format):
            "the backup has format \(format), this program knows up to \(BackupManifest.currentFormat): use the newer "
                + "program"
        case .newerSchema(let found, let known):
            "the backup has schema version \(found), this program knows up to \(known): use the newer program"
        case .otherEngine(let engine): "the backup holds a database of \(engine), which this command cannot restore"
        }
    }
}
