import Core
import SQL

extension Store: PictureKeeping {
    package func setPicture(_ picture: NamedPicture, of user: UserID, now: Instant) async throws -> Change {
        let (file, digest) = (picture.picture, picture.digest.text)
        return try await database.write { connection in
            let revision = try connection.bumpSite(of: user, for: .user)
            try connection.execute(
                """
                INSERT INTO pictures (user_id, digest, media_type, created_at, bytes)
                VALUES (\(user), \(digest), \(file.format.rawValue), \(now), \(file.bytes))
                ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, media_type = excluded.media_type,
                    created_at = excluded.created_at, bytes = excluded.bytes
                """)
            return Change(site: .user(user), revision: revision)
        }
    }

    package func removePicture(of user: UserID) async throws -> Change? {
        try await database.write { connection in
            guard try connection.execute("DELETE FROM pictures WHERE user_id = \(user)") == 1 else { return nil }
            return Change(site: .user(user), revision: try connection.bumpSite(of: user, for: .user))
        }
    }

    package func picture(_ digest: PictureDigest, of user: UserID) async throws -> Picture? {
        try await database.read { connection in
            try connection.first(
                "SELECT media_type, bytes FROM pictures WHERE user_id = \(user) AND digest = \(digest.text)"
            ) { row in
                try Picture.Format(rawValue: row.text(0)).map { format in
                    Picture(format: format, kept: try row.withBlob(1) { [UInt8]($0) })
                }
            } ?? nil
        }
    }
}
