/// A site's row: its key, and the revision at which each of its sections last changed.
package struct SiteHead: Sendable, Hashable {
    /// 32 hex digits, random, made with the site.
    package let key: String
    package let name: SiteName
    package let revision: Int64
    /// Raised to revoke the links of the user's feeds.
    package let feedVersion: Int64
    /// Indexed by `Section.rawValue`.
    package let sections: [Int64]

    package init(key: String, name: SiteName, revision: Int64, feedVersion: Int64, sections: [Int64]) {
        (self.key, self.name, self.revision) = (key, name, revision)
        (self.feedVersion, self.sections) = (feedVersion, sections)
    }

    package func revision(of section: Section) -> Int64 { sections[section.rawValue] }
}

/// Key and revision: what a request needs to know whether a site's pages are current.
package struct SiteVersion: Sendable, Hashable {
    package let key: String
    package let revision: Int64

    package init(key: String, revision: Int64) {
        (self.key, self.revision) = (key, revision)
    }
}
