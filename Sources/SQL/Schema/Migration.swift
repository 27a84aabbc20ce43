/// One numbered, forward-only step of the schema: strings only, never edited once released.
///
/// Statements are written once: BIGINT, DOUBLE PRECISION, TEXT and BYTEA columns. On PostgreSQL every TEXT column is created
/// with COLLATE "C", so that text is ordered by bytes as on SQLite whatever the database's own collation is.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    package let statements: [String]
    /// What only one engine has, such as an index for full-text search; run after `statements`.
    package let ofEngine: [Engine: [String]]

    package init(version: Int, name: String, statements: [String], ofEngine: [Engine: [String]] = [:]) {
        (self.version, self.name, self.statements) = (version, name, statements)
        self.ofEngine = ofEngine
    }

    func statements(for engine: Engine) -> [String] {
        let common = engine == .sqlite ? statements : statements.map(SchemaDialect.postgres)
        return common + (ofEngine[engine] ?? [])
    }
}

extension Database {
    /// Brings the schema to the newest of `migrations`, each step in a transaction of its own, safe to run from several
    /// processes at once. Throws `newerSchema` when the database is ahead of this program.
    package func migrate(_ migrations: [Migration]) throws {
        let known = migrations.last?.version ?? 0
        // Most starts find nothing to do, and wait for nobody.
        if try read({ try $0.schemaVersion() }) != known {
            try migrating { connection in
                try connection.execute(
                    "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL)")
            }
            for migration in migrations { try migrating { try $0.apply(migration, known: known) } }
        }
        if case .postgres(let engine) = backend { engine.noteMigrated() }
    }

    /// The newest step that was applied, 0 for an empty database.
    package func schemaVersion() throws -> Int {
        try read { try $0.schemaVersion() }
    }

    /// One transaction under the lock of all migrations, however long that takes.
    private func migrating(_ body: (Connection) throws -> Void) throws {
        try patientWrite(.rows) { connection in
            if connection.engine == .postgres { try connection.execute("SET LOCAL lock_timeout = 0") }
            try connection.lock("kapture migrations")
            try body(connection)
        }
    }
}

extension Connection {
    fileprivate func schemaVersion() throws -> Int {
        let tables: Query =
            engine == .sqlite
            ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_migrations'"
            : "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migrations'"
        guard try first(tables, { $0.integer(0) }) == 1 else { return 0 }
        let newest = try first("SELECT max(version) FROM schema_migrations") { $0.optionalInteger(0) } ?? nil
        return Int(newest ?? 0)
    }

    fileprivate func apply(_ migration: Migration, known: Int) throws {
        let version = try schemaVersion()
        if version > known { throw SQLFailure.newerSchema(found: version, known: known) }
        guard migration.version > version else { return }
        for statement in migration.statements(for: engine) {
            try execute(Query(stringLiteral: statement))
        }
        try execute("INSERT INTO schema_migrations VALUES (\(migration.version), \(migration.name))")
    }
}
