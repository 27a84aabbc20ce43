import Core
import SQL

extension Store {
    /// The newest moment at which something was written, for whoever doubts the clock.
    package func newestMoment() async throws -> Instant? {
        try await database.read { connection in
            let query: Query = """
                SELECT max(at) FROM (
                    SELECT max(updated_at) AS at FROM users UNION ALL SELECT max(created_at) AS at FROM sessions
                    UNION ALL SELECT max(updated_at) AS at FROM ideaboards
                ) AS moments
                """
            return try connection.first(query) { $0.optionalInteger(0).map(Instant.init(milliseconds:)) } ?? nil
        }
    }
}
