import Core
import SQL

extension Store {
    package func shareIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome {
        let (slug, key) = (Hex.text([UInt8](random())), Hex.text([UInt8](random())))
        return try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            guard board.slug == nil else { return (board, nil) }
            return try connection.setShare(of: id, user, slug: slug, key: key)
        }
    }

    package func unshareIdeaboard(_ id: IdeaboardID, of user: UserID) async throws -> IdeaboardOutcome {
        try await database.write { connection in
            let board = try connection.ideaboard(id, of: user)
            guard board.slug != nil else { return (board, nil) }
            return try connection.setShare(of: id, user, slug: nil, key: nil)
        }
    }

    /// Every shared board's site with its version, in order of slug.
    package func boardSites() throws -> [(slug: String, version: SiteVersion)] {
        try database.read { connection in
            try connection.rows("\(SharedSite.select) WHERE ideaboards.slug IS NOT NULL ORDER BY ideaboards.slug") {
                ($0.text(2), SiteVersion($0))
            }
        }
    }
}

/// The site of a shared board: as new as the board and as what its owner is called.
enum SharedSite {
    static let select: Query = """
        SELECT ideaboards.share_key,
            CASE WHEN sites.frame_revision > ideaboards.revision THEN sites.frame_revision ELSE ideaboards.revision END,
            ideaboards.slug, ideaboards.user_id
        FROM ideaboards JOIN sites ON sites.user_id = ideaboards.user_id
        """

    /// By slug; the value is what `PointReader` fills in.
    static let bySlug: Query = "\(select) WHERE ideaboards.slug = \("")"
}

extension Connection {
    fileprivate func setShare(
        of id: IdeaboardID, _ user: UserID, slug: String?, key: String?
    ) throws -> IdeaboardOutcome {
        let revision = try bumpSite(of: user, for: .ideaboard)
        try execute(
            """
            UPDATE ideaboards SET slug = \(slug), share_key = \(key), revision = \(revision)
            WHERE id = \(id) AND user_id = \(user)
            """)
        return (try ideaboard(id, of: user), Change(site: .user(user), revision: revision))
    }

    /// The head of a shared board's site, and whose it is.
    func sharedSite(_ slug: String) throws -> (head: SiteHead, owner: UserID)? {
        try first("\(SharedSite.select) WHERE ideaboards.slug = \(slug)") { row in
            let version = SiteVersion(row)
            let sections = Section.allCases.map { _ in version.revision }
            return (
                SiteHead(
                    key: version.key, name: .board(slug: slug), revision: version.revision, feedVersion: 0,
                    sections: sections), row.id(3)
            )
        }
    }
}
