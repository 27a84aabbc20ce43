import Core
import SQL
import Store
import TestSupport
import Testing

@Suite("Table of jobs")
struct JobTableTests {
    private let start = StoreFixture.start

    @Test(
        "cannot hold a job that tells two stories",
        arguments: [
            "status = 'lost'", "status = 'processing'", "status = 'completed'", "status = 'failed'",
            "status = 'failed', completed_at = 1", "worker_id = 'one'", "lease_until = 1", "attempts = -1",
            "attempts = 4", "max_attempts = 0", "progress = 1.5", "progress = -0.1", "is_cancel_requested = 1",
            "is_cancel_requested = 2", "completed_at = 1", "error_message = 'Why?'", "failure_class = 'transient'",
            "failure_class = 'odd', error_message = 'Why?'", "lease_token = -1",
            "status = 'processing', worker_id = 'one', lease_until = 1, started_at = 1, attempts = 1",
            "status = 'processing', worker_id = 'one', lease_until = 1, lease_token = 1, attempts = 1",
            "status = 'processing', worker_id = 'one', lease_token = 1, started_at = 1, attempts = 1",
            "status = 'completed', completed_at = 1",
            """
            status = 'completed', completed_at = 1, attempts = 1, error_message = 'Why?', failure_class = 'transient'
            """,
        ])
    func impossible(change: String) async throws {
        let queue = try await JobQueueFixture()
        try await queue.enqueue()
        let database = try Database(DatabaseAddress(queue.fixture.location))

        try await database.write { try $0.execute("UPDATE background_jobs SET priority = 1") }
        await #expect(throws: SQLFailure.self) {
            try await database.write { try $0.execute("UPDATE background_jobs SET \(Query(stringLiteral: change))") }
        }
        try database.close()
    }
}
