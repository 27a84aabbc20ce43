import SQL
import TestSupport
import Testing

@Suite("Schema")
struct SchemaTests {
    private let first = Migration(version: 1, name: "a", statements: ["CREATE TABLE a (x BIGINT)"])
    private let second = Migration(version: 2, name: "b", statements: ["INSERT INTO a VALUES (7)"])

    @Test("Migrations run once, in order, and a newer schema is refused", arguments: TestEngine.allCases)
    func migrations(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let database = fixture.database
        let (first, second) = (first, second)
        #expect(try await offPool { try database.schemaVersion() } == 0)
        for steps in [[first], [first, second], [first, second]] {
            try await offPool { try database.migrate(steps) }
        }
        #expect(try await offPool { try database.schemaVersion() } == 2)
        await #expect(throws: SQLFailure.newerSchema(found: 2, known: 1)) {
            try await offPool { try database.migrate([first]) }
        }
        #expect(try await database.read { try $0.rows("SELECT x FROM a") { $0.integer(0) } } == [7])
    }

    @Test("Processes that start together migrate once", arguments: TestEngine.allCases)
    func together(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let (first, second) = (first, second)
        _ = try await atOnce(6) { _ in
            let database = try await fixture.reopened()
            try await offPool { try database.migrate([first, second]) }
        }
        #expect(try await fixture.database.count("a") == 1)
        #expect(try await fixture.database.count("schema_migrations") == 2)
    }

    @Test("A step that fails leaves the schema at the one before", arguments: TestEngine.allCases)
    func failing(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let database = fixture.database
        let broken = Migration(
            version: 2, name: "c", statements: ["CREATE TABLE c (x BIGINT)", "INSERT INTO nothing VALUES (1)"])
        let first = first
        await #expect(throws: SQLFailure.self) { try await offPool { try database.migrate([first, broken]) } }
        #expect(try await offPool { try database.schemaVersion() } == 1)
        await #expect(throws: SQLFailure.self) { try await database.count("c") }
    }

    @Test("What only one engine has is made only there", arguments: TestEngine.allCases)
    func ofEngine(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine)
        defer { fixture.keep() }
        let database = fixture.database
        let migration = Migration(
            version: 1, name: "a", statements: ["CREATE TABLE a (x TEXT)"],
            ofEngine: [
                .sqlite: ["CREATE VIRTUAL TABLE words USING fts5 (x)"],
                .postgres: ["CREATE INDEX words ON a USING gin (to_tsvector('simple', x))"],
            ])
        try await offPool { try database.migrate([migration]) }
        let words: Query =
            engine == .sqlite
            ? "SELECT count(*) FROM words" : "SELECT count(*) FROM pg_indexes WHERE indexname = 'words'"
        let found = try await database.read { try $0.first(words) { $0.integer(0) } }
        #expect(found == (engine == .sqlite ? 0 : 1))
    }

    /// Orders differently by bytes, in C, en_US, and by ICU.
    private static let texts = [
        "", "A", "Z", "a", "b", "B", "ab", "a b", "a-b", "é", "e", "ß", "_", "1", "10", "2", "日本", "👩‍🚀",
    ]

    @Test(
        "Text is ordered by bytes whatever the database's own collation is",
        arguments: TestEngine.allCases,
        ["LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'", "LOCALE_PROVIDER libc LOCALE 'C.UTF-8'"])
    func collation(engine: TestEngine, options: String) async throws {
        let fixture = try await SQLFixture(
            engine, "CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT NOT NULL)", "ALTER TABLE t ADD COLUMN w TEXT",
            options: options)
        defer { fixture.keep() }
        try await fixture.database.write { connection in
            for text in Self.texts { try connection.execute("INSERT INTO t VALUES (\(text), \(text), \(text))") }
        }
        let byBytes = Self.texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for column in ["k", "v", "w", "substr(w, 1, 9)", "coalesce(w, v)"] {
            let order = Query(text: "SELECT k FROM t ORDER BY \(column)", values: [])
            #expect(try await fixture.database.read { try $0.rows(order) { $0.text(0) } } == byBytes)
        }
        let range = try await fixture.database.read {
            try $0.rows("SELECT k FROM t WHERE w >= \("a") AND w < \("b") ORDER BY w DESC") { $0.text(0) }
        }
        #expect(range == ["ab", "a-b", "a b", "a"])
    }

    @Test("The check constraint, default and foreign key of a TEXT column still work", arguments: TestEngine.allCases)
    func translation(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(
            engine,
            """
            CREATE TABLE t (
                k TEXT NOT NULL DEFAULT 'TEXT' CHECK (k IN ('TEXT', 'it''s TEXT') AND CAST(n AS TEXT) <> 'x'),
                n BIGINT, UNIQUE (k, n)
            )
            """, "CREATE TABLE u (text TEXT, k TEXT COLLATE \"\(engine == .sqlite ? "BINARY" : "C")\")",
            "CREATE INDEX t_by_k ON t (k)")
        defer { fixture.keep() }
        try await fixture.database.write { connection in
            try connection.execute("INSERT INTO t (n) VALUES (1)")
            try connection.execute("INSERT INTO t (k, n) VALUES ('it''s TEXT', 1)")
            try connection.execute("INSERT INTO u (text) VALUES ('a')")
        }
        #expect(
            try await fixture.database.read { try $0.rows("SELECT k FROM t ORDER BY k") { $0.text(0) } } == [
                "TEXT", "it's TEXT",
            ])
        await #expect(throws: SQLFailure.self) {
            try await fixture.database.write { try $0.execute("INSERT INTO t (k) VALUES ('other')") }
        }
    }
}
