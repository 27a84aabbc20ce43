import Core
import Foundation
import SQL
import Store
import TestSupport
import Testing

@Suite("Opening the store")
struct OpeningTests {
    @Test("What identifies a database and signs its links is made once and kept")
    func identity() throws {
        let folder = try TemporaryFolder()
        let first = try Store(sqlite: folder.path + "/kapture.db")
        let second = try Store(sqlite: folder.path + "/kapture.db")
        let other = try Store(sqlite: folder.path + "/other.db")
        #expect(first.databaseID == second.databaseID && first.serverKey == second.serverKey)
        #expect(first.databaseID != other.databaseID && first.serverKey != other.serverKey)
        #expect(first.serverKey.count == 32 && Set(first.serverKey).count > 8)
    }

    @Test("A database of a newer program is refused and left alone")
    func newer() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/kapture.db"
        try Store(sqlite: path).close()
        let database = try Database(sqlite: path)
        try database.write { try $0.execute("INSERT INTO schema_migrations (version, name) VALUES (9999, 'future')") }
        #expect {
            try Store(sqlite: path)
        } throws: { error in
            guard case .newerSchema(found: 9999, _) = error as? SQLFailure else { return false }
            return true
        }
    }

    @Test("Two programs that write to one site lose no revision")
    func twoWriters() async throws {
        let world = try await World()
        let before = try world.revision
        let stores = [world.store, try StoreFixture.open(world.fixture.location)]
        let trends = try ["a", "b", "c", "d"].map(world.trend)
        DispatchQueue.concurrentPerform(iterations: 4) { turn in
            for step in 0..<15 {
                #expect(throws: Never.self) {
                    try stores[turn % 2].setState(step % 2 == 0 ? .seen : .new, of: trends[turn], for: world.user)
                }
            }
        }
        #expect(try world.revision == before + 60)
    }
}
