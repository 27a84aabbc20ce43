import SQL
import TestSupport

/// An open database without the product's schema.
struct SQLFixture: Sendable {
    let home: TestDatabase
    let database: Database

    /// `schema` is applied as a migration.
    init(_ engine: TestEngine, _ schema: String..., options: String = "") async throws {
        home = try await TestDatabase(engine, isMigrated: false, options: options)
        database = try await SQLFixture.open(home)
        guard !schema.isEmpty else { return }
        let migration = Migration(version: 1, name: "test", statements: schema)
        try await offPool { [database] in try database.migrate([migration]) }
    }

    /// A second handle on the same database, as another process has one.
    func reopened() async throws -> Database {
        try await SQLFixture.open(home)
    }

    /// The database is removed when nobody holds this value any more: `defer { fixture.keep() }` holds it to the end.
    func keep() { withExtendedLifetime(home) {} }

    private static func open(_ home: TestDatabase) async throws -> Database {
        let address = home.address
        return try await offPool { try Database(address) }
    }
}

extension Database {
    func count(_ table: String) async throws -> Int64 {
        try await read {
            try $0.first(Query(text: "SELECT count(*) FROM \(table)", values: [])) { $0.integer(0) } ?? -1
        }
    }
}

/// Why a test cannot go on.
struct ExpectationFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Runs `body` so many times at once and returns what each gave.
func atOnce<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<count { group.addTask { try await body(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
