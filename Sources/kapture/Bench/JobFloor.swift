import SQL
import Synchronization

/// What SQLite alone can do: rows claimed and completed in batches, one transaction each.
struct JobFloor {
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
