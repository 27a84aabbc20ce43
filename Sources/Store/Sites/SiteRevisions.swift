import Core
import SQL

extension Connection {
    /// Bumps the revision of the user's site and, in the same statement, stamps the sections that `noun` shows on.
    /// Returns the new revision, which the rows that changed must carry, and announces it.
    func bumpSite(of user: UserID, for noun: ChangedNoun) throws -> Int64 {
        guard let revision = try bumpSiteIfAny(of: user, for: noun) else {
            throw StoreFailure.missing("site of user \(user)")
        }
        return revision
    }

    /// As `bumpSite`; `nil` when the user has no site any more.
    func bumpSiteIfAny(of user: UserID, for noun: ChangedNoun) throws -> Int64? {
        let stamps = noun.sections.sorted { $0.rawValue < $1.rawValue }
            .map { ", \($0.columnName)_revision = revision + 1" }.joined()
        let statement: Query = """
            UPDATE sites SET revision = revision + 1\(Query(stringLiteral: stamps)) WHERE user_id = \(user)
            RETURNING revision
            """
        guard let revision = try first(statement, { $0.integer(0) }) else { return nil }
        try announce(.site, "\(user) \(revision)")
        return revision
    }
}
