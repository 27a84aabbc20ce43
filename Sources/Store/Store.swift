import Core
import SQL

/// The database as the rest of the program sees it: named operations that keep the invariants.
///
/// Operations without `async` block their thread and belong on threads of the caller's own.
package struct Store: Sendable {
    let database: Database
    let versions: PointReader<SiteVersion>
    /// The same for shared boards, by slug.
    let sharedVersions: PointReader<SiteVersion>
    let random: @Sendable () -> UUIDText.Randomness
    /// Identifies this database; `restore` and `copy` give it a new value.
    package let databaseID: String
    /// 32 secret random bytes, made with the database: feed tokens and other links are signed with it.
    package let serverKey: [UInt8]
    /// Between the transactions of one long operation.
    let pause = WritePause()
    /// Rings in this process after every operation that enqueued.
    let bell = JobBell()

    /// Opens the database, creating a SQLite file, and brings its schema up to date.
    package init(
        _ address: DatabaseAddress,
        random: @escaping @Sendable () -> UUIDText.Randomness = Store.systemRandomness
    ) throws {
        database = try Database(address)
        self.random = random
        try database.migrate(Migrations.all)
        (databaseID, serverKey) = try Store.installation(in: database, random: random)
        versions = try PointReader(database, query: "SELECT key, revision FROM sites WHERE user_id = \("")") {
            SiteVersion($0)
        }
        sharedVersions = try PointReader(database, query: SharedSite.bySlug) { SiteVersion($0) }
    }

    private static func installation(
        in database: Database, random: () -> UUIDText.Randomness
    ) throws -> (String, [UInt8]) {
        try database.patientWrite { connection in
            let known = "SELECT database_id, server_key FROM installation WHERE id = 1" as Query
            let read = { (row: Row) in (row.text(0), try row.withBlob(1) { [UInt8]($0) }) }
            if let found = try connection.first(known, read) { return found }
            let key = (0..<2).flatMap { _ in [UInt8](random()) }
            let id = Hex.text([UInt8](random()))
            try connection.execute("INSERT INTO installation VALUES (1, \(id), \(key))")
            return (id, key)
        }
    }

    /// Opens or creates the SQLite file at `path` and brings its schema up to date.
    package init(sqlite path: String) throws {
        try self.init(.sqlite(path: path))
    }

    package static let systemRandomness: @Sendable () -> UUIDText.Randomness = {
        (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    }

    func makeID<Entity>(_ now: Instant) -> Identifier<Entity> {
        Identifier(at: now, randomness: random())
    }

    /// Waits for running reads and writes, then closes the database.
    package func close() throws {
        try versions.close()
        try sharedVersions.close()
        try database.close()
    }
}

extension [UInt8] {
    init(_ randomness: UUIDText.Randomness) {
        self =
            Swift.withUnsafeBytes(of: randomness.0) { [UInt8]($0) }
            + Swift.withUnsafeBytes(of: randomness.1) { [UInt8]($0) }
    }
}
