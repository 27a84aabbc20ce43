import SQL
import Store
import Synchronization

/// What SQLite alone can do with rows of an id, a state and a time: claimed and completed in batches, one transaction
/// each.
struct BareJobFloor {
    private let database: Database

    init(_ path: String) throws {
        database = try Database(sqlite: path)
        try database.write { connection in
            try connection.execute(
                "CREATE TABLE rows (id TEXT PRIMARY KEY, state TEXT NOT NULL, run_at BIGINT NOT NULL)")
            try connection.execute("CREATE INDEX rows_waiting ON rows (run_at, id) WHERE state = 'pending'")
        }
    }

    func fill(_ count: Int) throws {
        try database.write { connection in
            try connection.execute("DELETE FROM rows")
            for number in 0..<count {
                let id = "0193d0c8-0000-7000-8000-\(100_000_000_000 + number)"
                try connection.execute("INSERT INTO rows VALUES (\(id), 'pending', \(number))")
            }
        }
    }

    func drain(batch: Int) throws {
        while true {
            let claimed = try database.write { connection in
                try connection.rows(
                    """
                    UPDATE rows SET state = 'processing' WHERE id IN (
                        SELECT id FROM rows WHERE state = 'pending' ORDER BY run_at, id LIMIT \(batch))
                    RETURNING id
                    """
                ) { $0.text(0) }
            }
            guard !claimed.isEmpty else { return }
            try database.write {
                try $0.execute("UPDATE rows SET state = 'completed' WHERE id IN \(list: claimed)")
            }
        }
    }
}

/// The same with the queue's own rows: their columns, rules and indexes, in raw SQL, without leases that are checked,
/// cancelled, lost or taken over.
struct JobFloor {
    private let database: Database

    init(_ path: String) throws {
        _ = try Store(sqlite: path)
        database = try Database(sqlite: path)
    }

    func fill(_ count: Int) throws {
        try database.write { connection in
            for number in 0..<count {
                let id = "0193d0c8-0000-7000-8000-\(100_000_000_000 + number)"
                try connection.execute(
                    """
                    INSERT INTO background_jobs (id, job_type, job_data, queue, priority, status, attempts,
                        max_attempts, is_cancel_requested, lease_token, scheduled_at, created_at, updated_at)
                    VALUES (\(id), 'idle', '{}', 'bench', 0, 'pending', 0, 3, 0, 0, \(number), 0, 0)
                    """)
            }
        }
    }

    func drain(batch: Int) throws {
        while true {
            let claimed = try database.write { connection in
                try connection.rows(
                    """
                    UPDATE background_jobs SET status = 'processing', attempts = 1, lease_token = 1,
                        worker_id = 'bench', lease_until = 1, started_at = 1, updated_at = 1
                    WHERE id IN (SELECT id FROM background_jobs WHERE status = 'pending' AND queue = 'bench'
                        ORDER BY priority DESC, scheduled_at, id LIMIT \(batch))
                    RETURNING id, job_data
                    """
                ) { $0.text(0) }
            }
            guard !claimed.isEmpty else { break }
            try database.write {
                try $0.execute(
                    """
                    UPDATE background_jobs SET status = 'completed', worker_id = NULL, lease_until = NULL,
                        completed_at = 2, updated_at = 2
                    WHERE id IN \(list: claimed)
                    """)
            }
        }
        try database.write { try $0.execute("DELETE FROM background_jobs") }
    }
}

/// Lets one task wait until others have counted down to zero.
final class Countdown: Sendable {
    private let left: Mutex<Int>
    private let end: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation

    init(_ count: Int) {
        left = Mutex(count)
        (end, ending) = AsyncStream.makeStream()
    }

    func countDown() {
        let isZero = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isZero { ending.finish() }
    }

    func reached() async {
        for await _ in end {}
    }
}
