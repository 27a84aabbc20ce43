import Core
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Starting together")
struct MigrationRaceTests {
    @Test(
        "Processes that start on an empty database at once share one installation, made once", arguments: 0..<3,
        TestEngine.allCases)
    func fresh(_ round: Int, _ engine: TestEngine) async throws {
        let home = try await TestDatabase(engine, isMigrated: false)
        let nobody = UserID(rawValue: "0192f0c0-0000-7000-8000-000000000000")
        let failures = Mutex<[Int32]>([])

        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let status = (try? Probe.run([home.folder.path, nobody.rawValue, "100000", home.url])) ?? -1
            if status != 0 { failures.withLock { $0.append(status) } }
        }

        #expect(failures.withLock { $0 } == [])
        let store = try StoreFixture.open(home.url)
        #expect(store.serverKey.count == 32 && store.databaseID.count == 32)
        #expect(try store.userSites().isEmpty)
        try store.close()
        withExtendedLifetime(home) {}
    }
}
