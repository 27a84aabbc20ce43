import CPostgres

extension PostgresSession {
    /// Nobody waits for a lock, or keeps one while doing nothing, for long: a stopped process must not stop the others.
    private static let limits = [
        "SET LOCAL lock_timeout = '5s'", "SET LOCAL idle_in_transaction_session_timeout = '60s'",
    ]
    /// Transactions that failed several times run one after the other. LOCK, unlike an advisory lock, takes no snapshot, so
    /// the transaction sees what was committed while it waited.
    private static let retryLane = "LOCK TABLE schema_migrations IN SHARE ROW EXCLUSIVE MODE"

    /// One round trip when the body is one statement: the beginning goes with it, the end is sent and not waited for.
    func read<Value>(_ body: (Connection) throws -> Value) throws -> Value {
        opening = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        let value = try undoing { try body(Connection(backend: .postgres(self), outbox: nil)) }
        if !isIdle { endsLater = PQsendQuery(connection, "ROLLBACK") == 1 }
        return value
    }

    func write<Value>(
        _ isolation: Isolation, usesRetryLane: Bool, _ body: (Connection) throws -> Value
    ) throws -> Value {
        let level = isolation == .serial ? "SERIALIZABLE" : "READ COMMITTED"
        let outbox = Outbox()
        opening = ["BEGIN ISOLATION LEVEL \(level)"] + Self.limits
        return try undoing {
            if usesRetryLane {
                opening.append(Self.retryLane)
                try open()
            }
            let value = try body(Connection(backend: .postgres(self), outbox: outbox))
            // The body may have caught an error, but nothing can be committed after it.
            if isInFailedTransaction { throw trouble?.failure ?? .failed(reason: "the transaction had failed") }
            try commit(announcing: outbox.announcements)
            return value
        }
    }

    private func undoing<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            rollBack()
            throw error
        }
    }

    /// Ends the transaction; a connection on which even that fails is not used again.
    private func rollBack() {
        guard !isIdle else { return }
        PQclear(PQexec(connection, "ROLLBACK"))
    }

    /// Announcements and commit in one round trip.
    private func commit(announcing announcements: [Announcement]) throws(SQLFailure) {
        guard opening.isEmpty || !announcements.isEmpty else { return }
        try open()
        // Each once, in a statement of its own: a row of a result has at most 1,664 columns.
        var said: Set<Announcement> = []
        let calls = announcements.filter { said.insert($0).inserted }.map {
            "SELECT pg_notify('\(PostgresListener.channel)', \(literal($0.encoded))); "
        }
        let notify = calls.joined()
        // What the body met and overcame is past.
        trouble = nil
        do throws(SQLFailure) {
            let tag = try control(notify + "COMMIT").tag
            guard tag == "COMMIT" else { throw .failed(reason: "the transaction ended with \(tag)") }
        } catch {
            guard let found = trouble, found.kind == .broken else { throw error }
            let unknown = SQLFailure.outcomeUnknown(reason: "\(found.failure)")
            trouble = PostgresTrouble(.brokenInCommit, unknown)
            throw unknown
        }
    }

    private func literal(_ text: String) -> String {
        guard let escaped = PQescapeLiteral(connection, text, text.utf8.count) else { return "''" }
        defer { PQfreemem(escaped) }
        return String(cString: escaped)
    }
}
