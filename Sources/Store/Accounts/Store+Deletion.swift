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
            for table in ["sessions", "api_tokens", "identities", "mail_links"] {
                try connection.execute("DELETE FROM \(Query(stringLiteral: table)) WHERE user_id = \(user)")
            }
            let terms = JobTerms(priority: 10, uniqueKey: user.rawValue)
            return try connection.enqueue(DeleteAccountJob(user: user), terms, id: id, now: now)
        }
    }
}
