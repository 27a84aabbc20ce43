import Core
import SQL

extension Store: ActivityKeeping {
    package func noteActive(_ users: Set<UserID>, on day: Int64) async throws {
        try await database.write(.rows) { connection in
            for user in users.sorted() {
                // From the table of users, so that somebody deleted meanwhile breaks nothing.
                try connection.execute(
                    """
                    INSERT INTO active_days (day, user_id) SELECT \(day), id FROM users WHERE id = \(user)
                    ON CONFLICT (day, user_id) DO NOTHING
                    """)
            }
        }
    }

    package func activeUsers(through day: Int64) async throws -> ActiveUsers {
        try await database.read { connection in
            func count(_ days: Int64) throws -> Int {
                let query: Query = """
                    SELECT count(DISTINCT user_id) FROM active_days WHERE day > \(day - days) AND day <= \(day)
                    """
                return Int(try connection.first(query) { $0.integer(0) } ?? 0)
            }
            return ActiveUsers(day: try count(1), week: try count(7), month: try count(30))
        }
    }

    package func forgetActivity(before day: Int64) async throws {
        try await database.write(.rows) { try $0.execute("DELETE FROM active_days WHERE day < \(day)") }
    }
}
