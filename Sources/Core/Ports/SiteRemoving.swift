/// Removes published sites from this machine.
package protocol SiteRemoving: Sendable {
    /// Removes every page and feed of the site with this key, whichever version of the program wrote it. Idempotent.
    func removeSite(key: String) async throws
}

/// Tells which sites still exist.
package protocol SiteKeyReading: Sendable {
    /// Those of `keys` whose site has a row; blocks its thread on the database.
    func existingSiteKeys(among keys: [String]) throws -> Set<String>
}
