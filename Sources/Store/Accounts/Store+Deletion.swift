import Core
import SQL

extension Store {
    @discardableResult
    package func requestDeletion(of user: UserID, now: Instant) async throws -> JobID {
        let id: JobID = makeID(now)
        return try await enqueuing { connection in
            try connection.execute(
                """
                UPDATE users SET password_hash = NULL, ending_at = coalesce(ending_at, \(now)), updated_at = \(now)
                WHERE id = \(user)
                """)
            try connection.execute(
                "DELETE FROM mail_links WHERE email = (SELECT email FROM users WHERE id = \(user))")
            try connection.endSessions("user_id = \(user)")
            for table in ["api_tokens", "identities", "mail_links"] {
                try connection.execute("DELETE FROM \(Query(stringLiteral: table)) WHERE user_id = \(user)")
            }
            let terms = JobTerms(priority: 10, uniqueKey: user.rawValue)
            return try connection.enqueue(DeleteAccountJob(user: user), terms, id: id, now: now)
        }
    }

    package func deletion(_ job: JobID) async throws -> JobStatus? {
        try await database.read { connection in
            try connection.first(
                "SELECT status FROM background_jobs WHERE id = \(job) AND job_type = \(DeleteAccountJob.jobName)"
            ) { $0.value(0, or: .failed) }
        }
    }

    /// The user's tables with many rows, and how many of each go in one transaction: what hangs on a row goes with it.
    private static let bulk: [(table: String, rows: Int)] = [
        ("background_jobs", 500), ("trends", 100), ("ideaboards", 50), ("watchlists", 20),
    ]

    /// Removes one bounded piece of what the user has. Returns whether there may be more.
    func erasePiece(of user: UserID) async throws -> Bool {
        try await database.write { connection in
            for (table, rows) in Self.bulk {
                let table = Query(stringLiteral: table)
                let erased = try connection.execute(
                    """
                    DELETE FROM \(table) WHERE id IN (SELECT id FROM \(table) WHERE user_id = \(user) LIMIT \(rows))
                    """)
                if erased > 0 { return true }
            }
            return false
        }
    }

    /// Removes sessions that have expired, in bounded pieces. Returns how many.
    package func removeExpiredSessions(now: Instant) async throws -> Int {
        var removed = 0
        while true {
            try Task.checkCancellation()
            let piece = try await database.write { connection in
                try connection.execute(
                    """
                    DELETE FROM sessions
                    WHERE id IN (SELECT id FROM sessions WHERE expires_at <= \(now) ORDER BY expires_at LIMIT 500)
                    """)
            }
            removed += piece
            if piece == 0 { return removed }
        }
    }
}

extension Store: SiteKeyReading {
    package func existingSiteKeys(among keys: [String]) throws -> Set<String> {
        try database.read { connection in
            let query: Query = """
                SELECT key FROM sites WHERE key IN \(list: keys)
                UNION ALL SELECT share_key FROM ideaboards WHERE share_key IN \(list: keys)
                """
            return Set(try connection.rows(query) { $0.text(0) })
        }
    }
}
