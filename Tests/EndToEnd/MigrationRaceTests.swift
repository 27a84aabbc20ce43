import Core
import Foundation
import Store
import Synchronization
import TestSupport
import Testing

@Suite("Starting together")
struct MigrationRaceTests {
    @Test("Processes that start on an empty folder at once share one database, made once", arguments: 0..<3)
    func fresh(_ round: Int) throws {
        let folder = try TemporaryFolder()
        let nobody = UserID(rawValue: "0192f0c0-0000-7000-8000-000000000000")
        let failures = Mutex<[Int32]>([])

        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let status = (try? Probe.run([folder.path, nobody.rawValue, "100000"])) ?? -1
            if status != 0 { failures.withLock { $0.append(status) } }
        }

        #expect(failures.withLock { $0 } == [])
        let store = try Store(sqlite: folder.path + "/kapture.db")
        #expect(store.serverKey.count == 32 && store.databaseID.count == 32)
        #expect(try store.userSites().isEmpty)
    }
}
