import Core
import SQL

/// What happened to every job, written down by the database itself: a trigger that knows nothing of the program.
struct JobLedger {
    struct Entry: Sendable {
        let job: String
        let status: JobStatus
        let token: Int64
        let worker: String?
        let at: Instant
    }

    private let database: Database

    init(_ location: String) throws {
        database = try Database(try DatabaseAddress(location))
        let place: Query = database.engine == .sqlite ? "INTEGER PRIMARY KEY" : "BIGSERIAL PRIMARY KEY"
        try database.write { connection in
            try connection.execute(
                """
                CREATE TABLE ledger (place \(place), job_id TEXT NOT NULL, status TEXT NOT NULL,
                    token BIGINT NOT NULL, worker_id TEXT, at BIGINT NOT NULL)
                """)
            for statement in connection.engine == .sqlite ? Self.sqliteTrigger : Self.postgresTrigger {
                try connection.execute(statement)
            }
        }
    }

    private static let insertion: Query = """
        INSERT INTO ledger (job_id, status, token, worker_id, at)
        VALUES (NEW.id, NEW.status, NEW.lease_token, coalesce(NEW.worker_id, OLD.worker_id), NEW.updated_at);
        """
    private static let condition: Query = """
        AFTER UPDATE ON background_jobs FOR EACH ROW
        WHEN (NEW.status <> OLD.status OR NEW.lease_token <> OLD.lease_token
            OR OLD.status IN ('completed', 'failed', 'cancelled'))
        """
    private static let sqliteTrigger: [Query] = ["CREATE TRIGGER ledger_states \(condition) BEGIN \(insertion) END"]
    private static let postgresTrigger: [Query] = [
        "CREATE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(insertion) RETURN NEW; END $$",
        "CREATE TRIGGER ledger_states \(condition) EXECUTE FUNCTION note_state()",
    ]

    /// By job, in the order in which they happened.
    func entries() throws -> [String: [Entry]] {
        let all = try database.read { connection in
            try connection.rows("SELECT job_id, status, token, worker_id, at FROM ledger ORDER BY place") { row in
                Entry(
                    job: row.text(0), status: JobStatus(rawValue: row.text(1)) ?? .pending, token: row.integer(2),
                    worker: row.optionalText(3), at: Instant(milliseconds: row.integer(4)))
            }
        }
        return Dictionary(grouping: all, by: \.job)
    }

    /// Jobs that have not ended.
    func open() throws -> Int {
        let count = try database.read { connection in
            try connection.first("SELECT count(*) FROM background_jobs WHERE completed_at IS NULL") { $0.integer(0) }
        }
        return Int(count ?? 0)
    }

    /// Jobs in the hands of this worker.
    func held(by worker: String) throws -> Int {
        let count = try database.read { connection in
            try connection.first("SELECT count(*) FROM background_jobs WHERE worker_id = \(worker)") { $0.integer(0) }
        }
        return Int(count ?? 0)
    }
}
