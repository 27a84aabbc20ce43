import Core
import Foundation
import SQL

/// Moves a whole installation from one database to another, of whichever engines.
package struct StoreCopy: Sendable {
    package typealias Table = DatabaseCopy.Table

    let source: DatabaseAddress
    let target: DatabaseAddress
    private let targetName: String

    /// `name` is what an error calls the target.
    package init(from source: DatabaseAddress, to target: DatabaseAddress, named name: String = "--to") {
        (self.source, self.target, targetName) = (source, target, name)
    }

    /// Copies every table inside one snapshot of the source, verifies what arrived, and gives the target a database id of
    /// its own, so that no page made from the source passes for one of the target's. The target must be empty or not yet
    /// exist, and holds all or nothing afterwards. The source is only read. Blocks its thread.
    package func run(progress: @escaping (String, Int64) -> Void = { _, _ in }) throws -> [Table] {
        if case .sqlite(let path) = source, !FileManager.default.fileExists(atPath: path) {
            throw StoreFailure.missing("database at \(path)")
        }
        let source = try Database(source)
        defer { try? source.close() }
        try refuseOtherSchema(of: source)
        let target = try Database(target)
        defer { try? target.close() }
        try refuseForeignTables(in: target)
        try target.migrate(Migrations.all)
        let tables = try DatabaseCopy(from: source, to: target, progress: progress).run { connection in
            let id = Hex.text([UInt8](Store.systemRandomness()))
            try connection.execute("UPDATE installation SET database_id = \(id)")
        }
        // Without statistics the first plans would be made for empty tables.
        if target.engine == .postgres { try target.runAlone("ANALYZE") }
        return tables
    }

    private func refuseOtherSchema(of source: Database) throws {
        let (found, known) = (try source.schemaVersion(), Migrations.all.last?.version ?? 0)
        if found > known { throw SQLFailure.newerSchema(found: found, known: known) }
        guard found == known else {
            throw ValidationError(
                field: "--from",
                rule: found == 0
                    ? "must name an installation; \(self.source) holds none"
                    : "must have this program's schema (version \(known), it has \(found)): run `kapture publish --dry-run` on it first"
            )
        }
    }

    /// Before anything is created there.
    private func refuseForeignTables(in target: Database) throws {
        guard try target.schemaVersion() == 0, let table = try target.read({ try $0.tables() }).first else { return }
        throw ValidationError(field: targetName, rule: "must name an empty database; it has a table \(table.name)")
    }
}
