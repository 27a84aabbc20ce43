/// A table as the engine's catalog describes it.
package struct TableShape: Sendable, Equatable {
    package let name: String
    /// In order, without those that the engine computes.
    package let columns: [String]
    /// Tables that its foreign keys name, itself possibly among them.
    package let references: Set<String>
}

extension Connection {
    /// The tables that hold rows of their own, in order of name: neither views nor the insides of a search index.
    package func tables() throws -> [TableShape] {
        let columns = try pairs(engine == .sqlite ? SchemaCatalog.sqliteColumns : SchemaCatalog.postgresColumns)
        let references = try pairs(
            engine == .sqlite ? SchemaCatalog.sqliteReferences : SchemaCatalog.postgresReferences)
        return columns.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            TableShape(name: $0, columns: columns[$0] ?? [], references: Set(references[$0] ?? []))
        }
    }

    /// Lets foreign keys of these tables be broken until `checkForeignKeys`, or the commit.
    func deferForeignKeys(of tables: [String]) throws {
        guard engine == .postgres else {
            try execute("PRAGMA defer_foreign_keys = ON")
            return
        }
        try alterForeignKeys(of: tables, to: "DEFERRABLE INITIALLY DEFERRED")
    }

    func checkForeignKeys(of tables: [String]) throws {
        guard engine == .postgres, !tables.isEmpty else { return }
        try execute("SET CONSTRAINTS ALL IMMEDIATE")
        try alterForeignKeys(of: tables, to: "NOT DEFERRABLE")
    }

    private func alterForeignKeys(of tables: [String], to terms: String) throws {
        let names = try pairs(SchemaCatalog.postgresForeignKeys)
        for table in tables {
            for name in names[table] ?? [] {
                let change = "ALTER TABLE \(table.quoted) ALTER CONSTRAINT \(name.quoted) \(terms)"
                try execute(Query(text: change, values: []))
            }
        }
    }

    private func pairs(_ query: Query) throws -> [String: [String]] {
        var pairs: [String: [String]] = [:]
        try forEach(query) { pairs[$0.text(0), default: []].append($0.text(1)) }
        return pairs
    }
}

private enum SchemaCatalog {
    static let sqliteColumns: Query = """
        SELECT tables.name, columns.name FROM pragma_table_list AS tables
        JOIN pragma_table_xinfo(tables.name) AS columns
        WHERE tables.schema = 'main' AND tables.type = 'table' AND substr(tables.name, 1, 7) <> 'sqlite_'
            AND columns.hidden = 0
        ORDER BY tables.name, columns.cid
        """
    static let sqliteReferences: Query = """
        SELECT DISTINCT tables.name, keys."table" FROM pragma_table_list AS tables
        JOIN pragma_foreign_key_list(tables.name) AS keys WHERE tables.schema = 'main' AND tables.type = 'table'
        """
    static let postgresColumns: Query = """
        SELECT columns.table_name, columns.column_name FROM information_schema.columns AS columns
        JOIN information_schema.tables AS tables
            ON tables.table_schema = columns.table_schema AND tables.table_name = columns.table_name
        WHERE columns.table_schema = current_schema() AND tables.table_type = 'BASE TABLE'
            AND columns.is_generated = 'NEVER'
        ORDER BY columns.table_name, columns.ordinal_position
        """
    static let postgresReferences = postgresKeys("target.relname")
    static let postgresForeignKeys = postgresKeys("keys.conname")

    private static func postgresKeys(_ column: String) -> Query {
        Query(
            text: """
                SELECT DISTINCT source.relname, \(column) FROM pg_constraint AS keys
                JOIN pg_class AS source ON source.oid = keys.conrelid
                JOIN pg_class AS target ON target.oid = keys.confrelid
                JOIN pg_namespace AS spaces ON spaces.oid = source.relnamespace
                WHERE keys.contype = 'f' AND spaces.nspname = current_schema()
                """, values: [])
    }
}

extension String {
    /// As a name in a statement.
    var quoted: String { "\"\(replacing("\"", with: "\"\""))\"" }
}
