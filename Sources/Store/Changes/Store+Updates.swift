import Core
import SQL

extension Store: UpdateReading {
    package func updates(of users: Set<UserID>) async throws -> [UserID: UserUpdate] {
        guard !users.isEmpty else { return [:] }
        return try await database.read { connection in
            try users.sorted().chunked(200).reduce(into: [:]) { updates, chunk in
                let running = try connection.runningJobs(of: chunk)
                let sessions = try connection.sessionCounts(of: chunk)
                for (user, head) in try connection.siteHeads(of: chunk) {
                    updates[user] = UserUpdate(
                        head: head, running: running[user] ?? [], sessionCount: sessions[user] ?? 0)
                }
            }
        }
    }
}

extension Connection {
    /// The heads of these users' sites, in any order.
    func siteHeads(of users: [UserID]) throws -> [(UserID, SiteHead)] {
        let columns = Section.allCases.map { "\($0.columnName)_revision" }.joined(separator: ", ")
        let query: Query = """
            SELECT user_id, key, revision, feed_version, \(Query(stringLiteral: columns)) FROM sites
            WHERE user_id IN \(list: users)
            """
        return try rows(query) { row in
            let user: UserID = row.id(0)
            let sections = Section.allCases.indices.map { row.integer(4 + $0) }
            return (
                user,
                SiteHead(
                    key: row.text(1), name: .user(user), revision: row.integer(2), feedVersion: row.integer(3),
                    sections: sections)
            )
        }
    }

    fileprivate func runningJobs(of users: [UserID]) throws -> [UserID: [RunningJob]] {
        let query: Query = """
            SELECT user_id, id, job_type, progress FROM background_jobs
            WHERE user_id IN \(list: users) AND status = 'processing' ORDER BY id
            """
        return try rows(query) { row -> (UserID, RunningJob) in
            (row.id(0), RunningJob(id: row.id(1), name: row.text(2), progress: row.optionalReal(3)))
        }.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
    }

    fileprivate func sessionCounts(of users: [UserID]) throws -> [UserID: Int] {
        let query: Query = "SELECT user_id, count(*) FROM sessions WHERE user_id IN \(list: users) GROUP BY user_id"
        return Dictionary(uniqueKeysWithValues: try rows(query) { row in (row.id(0), Int(row.integer(1))) })
    }
}
