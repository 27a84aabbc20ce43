import SQL

extension Migrations {
    /// The queue, and which slots of which scheduled task have fired. The CHECKs keep a row from telling two stories:
    /// whoever has a lease is processing, whoever has ended says when, whoever failed says why.
    static let jobs = Migration(
        version: 3, name: "jobs",
        statements: [
            """
            CREATE TABLE background_jobs (
                id TEXT PRIMARY KEY,
                user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
                job_type TEXT NOT NULL,
                job_data TEXT NOT NULL,
                queue TEXT NOT NULL,
                priority BIGINT NOT NULL,
                unique_key TEXT,
                status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
                attempts BIGINT NOT NULL CHECK (attempts >= 0 AND attempts <= max_attempts),
                max_attempts BIGINT NOT NULL CHECK (max_attempts >= 1),
                progress DOUBLE PRECISION CHECK (progress >= 0 AND progress <= 1),
                is_cancel_requested BIGINT NOT NULL CHECK (is_cancel_requested IN (0, 1)),
                worker_id TEXT,
                lease_token BIGINT NOT NULL CHECK (lease_token >= 0),
                lease_until BIGINT,
                failure_class TEXT CHECK (failure_class IN ('transient', 'structural', 'quota', 'blocked')),
                error_message TEXT,
                scheduled_at BIGINT NOT NULL,
                started_at BIGINT,
                completed_at BIGINT,
                created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL,
                CHECK ((status = 'processing') = (worker_id IS NOT NULL)),
                CHECK ((status = 'processing') = (lease_until IS NOT NULL)),
                CHECK (status <> 'processing' OR (attempts >= 1 AND lease_token >= 1 AND started_at IS NOT NULL)),
                CHECK (status = 'processing' OR is_cancel_requested = 0),
                CHECK ((status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)),
                CHECK (status <> 'completed' OR (attempts >= 1 AND error_message IS NULL)),
                CHECK (status <> 'failed' OR error_message IS NOT NULL),
                CHECK ((failure_class IS NULL) = (error_message IS NULL))
            )
            """,
            """
            CREATE INDEX background_jobs_waiting ON background_jobs (queue, priority DESC, scheduled_at, id)
                WHERE status = 'pending'
            """,
            "CREATE INDEX background_jobs_leased ON background_jobs (lease_until) WHERE status = 'processing'",
            "CREATE INDEX background_jobs_by_user ON background_jobs (user_id, created_at, id) WHERE user_id IS NOT NULL",
            """
            CREATE UNIQUE INDEX background_jobs_once ON background_jobs (job_type, unique_key)
                WHERE unique_key IS NOT NULL AND status IN ('pending', 'processing')
            """,
            "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
            """
            CREATE TABLE job_slots (
                task TEXT NOT NULL,
                run_at BIGINT NOT NULL,
                job_id TEXT,
                fired_at BIGINT NOT NULL,
                PRIMARY KEY (task, run_at)
            )
            """,
        ])
}
