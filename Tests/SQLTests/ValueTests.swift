import SQL
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    private static let table = "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA)"

    @Test("Every value comes back as it was written", arguments: TestEngine.allCases)
    func roundTrip(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let rows: [[SQLValue]] = [
            [.null, .null, .null, .null],
            [.integer(.max), .real(.greatestFiniteMagnitude), .text("text"), .blob([0, 255, 0])],
            [.integer(.min), .real(.leastNonzeroMagnitude), .text(""), .blob([])],
            [.integer(-1), .real(-0.1), .text("🏳️‍🌈 \u{202E}مرحبا\r\n"), .blob(Array(repeating: 7, count: 100_000))],
            [.integer(0), .real(.infinity), .text(String(repeating: "ä", count: 1_000_000)), .blob([39])],
        ]
        try await database.write { connection in
            for (id, row) in rows.enumerated() {
                try connection.execute(
                    "INSERT INTO v VALUES (\(id), \(row[0]), \(row[1]), \(row[2]), \(row[3]))")
            }
        }
        let found = try await database.read {
            try $0.rows("SELECT i, r, t, b FROM v ORDER BY id") { row in (0..<4).map(row.value) }
        }
        #expect(found == rows)
    }

    @Test("The typed readers agree with the values", arguments: TestEngine.allCases)
    func typedReaders(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { connection in
            try connection.execute("INSERT INTO v VALUES (1, \(7), \(2.5), \("x"), \([1, 2] as [UInt8]))")
            try connection.execute("INSERT INTO v (id) VALUES (2)")
        }
        try await database.read { connection in
            try connection.forEach("SELECT i, r, t, b FROM v WHERE id = 1") { row in
                #expect((row.integer(0), row.real(1), row.text(2)) == (7, 2.5, "x"))
                #expect((row.optionalInteger(0), row.optionalReal(1), row.optionalText(2)) == (7, 2.5, "x"))
                let bytes = try row.withBlob(3) { [UInt8]($0) }
                #expect(bytes == [1, 2])
            }
            try connection.forEach("SELECT i, r, t, b FROM v WHERE id = 2") { row in
                #expect(row.optionalInteger(0) == nil && row.optionalReal(1) == nil && row.optionalText(2) == nil)
                let size = try row.withBlob(3) { $0.count }
                #expect(size == 0)
            }
        }
    }

    @Test("Computed columns read as numbers", arguments: TestEngine.allCases)
    func computed(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { connection in
            for value in [1, 2, 12_345_678_901, -20_000] as [Int64] {
                try connection.execute("INSERT INTO v (id, i) VALUES (\(value), \(value))")
            }
        }
        try await database.read { connection in
            try connection.forEach(
                "SELECT count(*), sum(i), max(i), min(i), avg(i), i > 1, 5 FROM v GROUP BY i > 1 ORDER BY 1, 2"
            ) { row in
                let isLarge = row.bool(5)
                #expect(row.integer(0) == 2)
                #expect(row.integer(1) == (isLarge ? 12_345_678_903 : -19_999))
                #expect((row.integer(2), row.integer(3)) == (isLarge ? (12_345_678_901, 2) : (1, -20_000)))
                #expect(row.real(4) == (isLarge ? 6_172_839_451.5 : -9999.5))
                #expect(row.integer(6) == 5)
            }
            let nothing = try connection.first("SELECT sum(i) FROM v WHERE id = 0") { $0.optionalInteger(0) }
            #expect(nothing == .some(nil))
        }
    }

    @Test("A statement that first saw NULL, or another type, takes any value later", arguments: TestEngine.allCases)
    func changingTypes(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let reals: [SQLValue] = [.null, .integer(3), .real(0.5), .null, .integer(4)]
        try await database.write { connection in
            for (id, real) in reals.enumerated() {
                try connection.execute("INSERT INTO v (id, r) VALUES (\(id), \(real))")
            }
        }
        let found = try await database.read { try $0.rows("SELECT r FROM v ORDER BY id") { $0.optionalReal(0) } }
        #expect(found == [nil, 3, 0.5, nil, 4])
    }

    @Test("A text with a NUL character is refused by name, wherever it stands", arguments: TestEngine.allCases)
    func nulCharacter(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        let failure = await #expect(throws: SQLFailure.self) {
            try await database.write { try $0.execute("INSERT INTO v (id, t) VALUES (\(1), \("a\0b"))") }
        }
        #expect(failure == .nulCharacter(parameter: 2, statement: "INSERT INTO v (id, t) VALUES (?, ?)"))
        #expect(failure?.description.contains("NUL character") == true)
        #expect(try await database.count("v") == 0)
    }

    @Test("A result of any size is streamed, with other statements in between", arguments: TestEngine.allCases)
    func streaming(engine: TestEngine) async throws {
        let fixture = try await SQLFixture(engine, Self.table)
        defer { fixture.keep() }
        let database = fixture.database
        try await database.write { connection in
            for id in 0..<1700 { try connection.execute("INSERT INTO v (id, i) VALUES (\(id), \(id * 2))") }
        }
        let (sum, last) = try await database.read { connection in
            var (sum, last) = (0 as Int64, -1 as Int64)
            try connection.stream("SELECT id, i FROM v WHERE id >= \(100) ORDER BY id") { row in
                #expect(row.integer(0) > last)
                last = row.integer(0)
                sum += row.integer(1)
                if last % 500 == 0 { _ = try connection.first("SELECT i FROM v WHERE id = \(last)") { $0.integer(0) } }
            }
            return (sum, last)
        }
        #expect((sum, last) == ((100..<1700).reduce(0) { $0 + Int64($1) * 2 }, 1699))
    }
}
