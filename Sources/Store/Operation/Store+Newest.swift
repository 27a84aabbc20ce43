import Core
import SQL

extension Store {
    /// Bytes of the whole database as PostgreSQL counts them; `nil` on SQLite.
    package func sizeOnServer() async throws -> Int64? {
        guard database.engine == .postgres else { return nil }
        return try await database.read { try $0.first("SELECT pg_database_size(current_database())") { $0.integer(0) } }
    }

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
