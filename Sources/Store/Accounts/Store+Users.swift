import Core
import SQL

extension Store {
    /// Everybody, oldest account first.
    package func users() throws -> [User] {
        try database.read { try $0.rows("SELECT \(User.columns) FROM users ORDER BY created_at, id", User.init) }
    }

    package func renameUser(_ user: UserID, to name: String?, now: Instant) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .user)
            try connection.execute("UPDATE users SET name = \(name), updated_at = \(now) WHERE id = \(user)")
            return Change(site: .user(user), revision: revision)
        }
    }

    /// Removes the user with all that is theirs; posts and snapshots stay, they belong to nobody.
    package func deleteUser(_ user: UserID) throws {
        try database.write { try $0.execute("DELETE FROM users WHERE id = \(user)") }
    }

    package func setPlan(_ planID: String, of user: UserID, now: Instant) throws -> Change {
        try database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .user)
            try connection.execute("UPDATE users SET plan_id = \(planID), updated_at = \(now) WHERE id = \(user)")
            return Change(site: .user(user), revision: revision)
        }
    }
}
