/// One numbered, forward-only step of the schema: strings only, never edited once released.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    package let statements: [String]

    package init(version: Int, name: String, statements: [String]) {
        (self.version, self.name, self.statements) = (version, name, statements)
    }
}

extension Database {
    /// Brings the schema to the newest of `migrations`, each step in a transaction of its own, safe to run from several
    /// processes at once. Throws `newerSchema` when the database is ahead of this program.
    package func migrate(_ migrations: [Migration]) throws {
        try patientWrite { connection in
            try connection.execute(
                "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL)")
        }
        for migration in migrations {
            try patientWrite { try apply(migration, known: migrations.last?.version ?? 0, on: $0) }
        }
    }

    private func apply(_ migration: Migration, known: Int, on connection: Connection) throws {
        let newest = try connection.first("SELECT max(version) FROM schema_migrations") { $0.optionalInteger(0) } ?? nil
        let version = Int(newest ?? 0)
        if version > known { throw SQLFailure.newerSchema(found: version, known: known) }
        guard migration.version > version else { return }
        for statement in migration.statements {
            try connection.execute(Query(stringLiteral: statement))
        }
        try connection.execute("INSERT INTO schema_migrations VALUES (\(migration.version), \(migration.name))")
    }
}
