import Core
import SQL

extension Store: TokenStoring {
    package func token(digest: [UInt8], now: Instant) async throws -> APIToken? {
        try await database.shortRead { connection in
            try connection.first(
                """
                SELECT \(APIToken.columns) FROM api_tokens
                WHERE token_digest = \(digest) AND (expires_at IS NULL OR expires_at > \(now))
                """, APIToken.init)
        }
    }

    package func touchToken(_ id: APITokenID, now: Instant) async throws {
        try await database.write { connection in
            try connection.execute("UPDATE api_tokens SET last_used_at = \(now) WHERE id = \(id)")
        }
    }
}

extension Store: TokenEditing {
    package func tokens(of user: UserID) async throws -> [APIToken] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT \(APIToken.columns) FROM api_tokens WHERE user_id = \(user) ORDER BY created_at DESC, id DESC
                """, APIToken.init)
        }
    }

    package func createToken(_ token: APIToken, digest: [UInt8]) async throws -> Change {
        let scopes = try JSONColumn.encode(token.scopes.map(\.rawValue).sorted())
        return try await database.write { connection in
            // The site's row comes first: it makes those wait who count at the same time.
            let revision = try connection.bumpSite(of: token.userID, for: .token)
            let count = try connection.first("SELECT count(*) FROM api_tokens WHERE user_id = \(token.userID)") {
                $0.integer(0)
            }
            guard count ?? 0 < APIToken.most else {
                throw StoreFailure.taken("each of your \(APIToken.most) places for tokens")
            }
            try connection.execute(
                """
                INSERT INTO api_tokens (id, user_id, name, scopes_json, token_digest, created_at, last_used_at, expires_at)
                VALUES (\(token.id), \(token.userID), \(token.name), \(scopes), \(digest), \(token.createdAt),
                    \(token.lastUsedAt), \(token.expiresAt))
                """)
            return Change(site: .user(token.userID), revision: revision)
        }
    }

    package func revokeToken(_ id: APITokenID, of user: UserID) async throws -> Change {
        try await database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .token)
            let revoked = try connection.execute("DELETE FROM api_tokens WHERE id = \(id) AND user_id = \(user)")
            guard revoked == 1 else { throw StoreFailure.missing("token \(id)") }
            return Change(site: .user(user), revision: revision)
        }
    }
}

extension APIToken {
    fileprivate static let columns: Query = "id, user_id, name, scopes_json, created_at, last_used_at, expires_at"

    /// From a row of `columns`; scopes that this program does not know are none.
    fileprivate init(_ row: Row) throws {
        self.init(
            id: row.id(0), userID: row.id(1), name: row.text(2),
            scopes: Set(try row.texts(3).compactMap(TokenScope.init(rawValue:))),
            times: (row.instant(4), row.optionalInstant(5), row.optionalInstant(6)))
    }
}
