import SQL
import TestSupport
import Testing

@Suite("Copies of databases")
struct CopyTests {
    /// With every type, a table that names itself, two that name each other, and one that comes before what it names.
    private static let schema = [
        "CREATE TABLE \"values\" (id BIGINT PRIMARY KEY, r DOUBLE PRECISION, t TEXT, b BYTEA, \"order\" TEXT)",
        "CREATE TABLE a_child (id BIGINT PRIMARY KEY, z_id BIGINT NOT NULL REFERENCES \"values\" (id))",
        "CREATE TABLE tree (id BIGINT PRIMARY KEY, parent_id BIGINT REFERENCES tree (id))",
        "CREATE TABLE egg (id BIGINT PRIMARY KEY, hen_id BIGINT)",
        "CREATE TABLE hen (id BIGINT PRIMARY KEY, egg_id BIGINT REFERENCES egg (id))",
    ]
    private static let hens = [
        Engine.postgres: ["ALTER TABLE egg ADD FOREIGN KEY (hen_id) REFERENCES hen (id)"],
        .sqlite: ["DROP TABLE egg", "CREATE TABLE egg (id BIGINT PRIMARY KEY, hen_id BIGINT REFERENCES hen (id))"],
    ]
    private static let pairs: [(TestEngine, TestEngine)] = [
        (.sqlite, .postgres), (.postgres, .sqlite), (.sqlite, .sqlite), (.postgres, .postgres),
        (.pgbouncer, .pgbouncer),
    ]

    private static func make(_ engine: TestEngine) async throws -> SQLFixture {
        let fixture = try await SQLFixture(engine)
        let migration = Migration(version: 1, name: "test", statements: schema, ofEngine: hens)
        try await offPool { try fixture.database.migrate([migration]) }
        return fixture
    }

    private static func fill(_ database: Database, seed: UInt64) async throws {
        try await database.write { connection in
            var random = SeededGenerator(seed: seed)
            for id in 0..<1203 {
                let real = Bool.random(using: &random) ? Double.random(in: -1e300...1e300, using: &random) : nil
                let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    String(Character(UnicodeScalar(UInt32.random(in: 1...0xD7FF, using: &random)) ?? "x"))
                }.joined()
                let blob = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                try connection.execute(
                    "INSERT INTO \"values\" VALUES (\(id), \(real), \(text), \(blob), \(id % 3 == 0 ? nil : "🏳️‍🌈"))")
            }
            try connection.execute("INSERT INTO a_child VALUES (1, 700)")
            for id in 1...250 { try connection.execute("INSERT INTO tree VALUES (\(id), NULL)") }
            for id in 1...249 { try connection.execute("UPDATE tree SET parent_id = \(id + 1) WHERE id = \(id)") }
            try connection.execute("INSERT INTO egg VALUES (1, NULL)")
            try connection.execute("INSERT INTO hen VALUES (1, 1)")
            try connection.execute("UPDATE egg SET hen_id = 1")
        }
    }

    @Test("Every row arrives as it was, whatever names what", arguments: pairs)
    func whole(from: TestEngine, to: TestEngine) async throws {
        let (source, target) = (try await Self.make(from), try await Self.make(to))
        defer { [source, target].forEach { $0.keep() } }
        let seed = UInt64.random(in: 0...UInt64.max)
        try await Self.fill(source.database, seed: seed)
        let there = try await offPool { try DatabaseCopy(from: source.database, to: target.database).run() }
        #expect(there.map(\.name) == ["a_child", "egg", "hen", "tree", "values"], "seed \(seed)")
        #expect(there.map(\.digest.count) == [1, 1, 1, 250, 1203])
        let again = try await Self.make(from)
        defer { again.keep() }
        #expect(
            try await offPool { try DatabaseCopy(from: target.database, to: again.database).run() } == there,
            "seed \(seed)")
        // Foreign keys hold again.
        await #expect(throws: SQLFailure.self) {
            try await target.database.write { try $0.execute("INSERT INTO tree VALUES (1000, 2000)") }
        }
    }

    @Test("A target with rows, or of another schema, is refused and stays as it was", arguments: TestEngine.both)
    func refusals(engine: TestEngine) async throws {
        let (source, target) = (try await Self.make(.sqlite), try await Self.make(engine))
        defer { [source, target].forEach { $0.keep() } }
        try await Self.fill(source.database, seed: 1)
        try await target.database.write { try $0.execute("INSERT INTO tree VALUES (7, NULL)") }
        let failure = await #expect(throws: SQLFailure.self) {
            try await offPool { _ = try DatabaseCopy(from: source.database, to: target.database).run() }
        }
        #expect(failure?.description.contains("tree") == true)
        #expect(try await target.database.count("\"values\"") == 0)
        let other = try await SQLFixture(engine)
        defer { other.keep() }
        await #expect(throws: SQLFailure.self) {
            try await offPool { _ = try DatabaseCopy(from: source.database, to: other.database).run() }
        }
    }

    @Test("Rows that arrive changed are noticed, and nothing of the copy stays", arguments: TestEngine.both)
    func verification(engine: TestEngine) async throws {
        let (source, target) = (try await Self.make(.sqlite), try await Self.make(engine))
        defer { [source, target].forEach { $0.keep() } }
        try await Self.fill(source.database, seed: 2)
        try await target.database.write { connection in
            guard engine == .postgres else {
                try connection.execute(
                    "CREATE TRIGGER t AFTER INSERT ON a_child BEGIN UPDATE a_child SET z_id = z_id + 1; END")
                return
            }
            try connection.execute(
                """
                CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.z_id := NEW.z_id + 1; RETURN NEW; END $$
                """)
            try connection.execute("CREATE TRIGGER t BEFORE INSERT ON a_child FOR EACH ROW EXECUTE FUNCTION change()")
        }
        let failure = await #expect(throws: SQLFailure.self) {
            try await offPool { _ = try DatabaseCopy(from: source.database, to: target.database).run() }
        }
        #expect(failure?.description.contains("table a_child did not arrive") == true)
        #expect(try await target.database.count("\"values\"") == 0)
    }

    @Test("A copy is of one moment, while others write", arguments: TestEngine.both)
    func moment(engine: TestEngine) async throws {
        let (source, target) = (
            try await Self.make(engine), try await Self.make(engine == .sqlite ? .postgres : .sqlite)
        )
        defer { [source, target].forEach { $0.keep() } }
        try await Self.fill(source.database, seed: 3)
        let other = try await source.reopened()
        // The third table is read after this has been written.
        let tables = try await offPool {
            try DatabaseCopy(from: source.database, to: target.database) { table, _ in
                guard table == "values" else { return }
                _ = try? other.write { try $0.execute("INSERT INTO hen (id) SELECT max(id) + 1 FROM hen") }
            }.run()
        }
        #expect(tables.first { $0.name == "hen" }?.digest.count == 1)
        #expect(try await source.database.count("hen") > 1)
    }

    @Test("A digest sees what differs and no order")
    func digests() {
        func digest(_ rows: [[SQLValue]]) -> RowDigest {
            rows.reduce(into: RowDigest()) { $0.add($1) }
        }
        let rows: [[SQLValue]] = [[.integer(1), .text("a")], [.integer(2), .null], [.real(1), .blob([97])]]
        #expect(digest(rows) == digest(rows.reversed()))
        #expect(digest(rows).description.count == 32)
        let others: [[[SQLValue]]] = [
            [], Array(rows.dropLast()), rows + [rows[0]], [[.integer(1), .text("b")], rows[1], rows[2]],
            [[.integer(1), .blob([97])], rows[1], [.real(1), .text("a")]],
            [[.integer(1), .null], [.integer(2), .text("a")], rows[2]],
        ]
        #expect(Set(others.map(digest) + [digest(rows)]).count == others.count + 1)
    }
}
