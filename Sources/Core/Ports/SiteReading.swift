/// One published file of a site, ready to be sent.
package struct SitePage: Sendable, Hashable {
    /// The path a browser asks for, such as `/trends/`.
    package let address: String
    /// 32 lower-case hex digits over the uncoded bytes; of one site, equal digests mean equal bytes.
    package let digest: String
    /// A complete Content-Type value.
    package let contentType: String
    package let body: [UInt8]
    /// Where the immutable file lies, relative to the sites folder; `nil` when the page was not saved.
    package let filePath: String?

    package init(address: String, digest: String, contentType: String, body: [UInt8], filePath: String? = nil) {
        (self.address, self.digest, self.contentType, self.body) = (address, digest, contentType, body)
        self.filePath = filePath
    }
}

/// Reads the pages of a site, publishing it first when it is not current.
package protocol SiteReading: Sendable {
    /// The page at `address`, never older than the last committed write of that site's user; `nil` when there is none.
    ///
    /// Answers from memory without suspending when the site is current and the page is in the cache.
    func page(_ address: String, of site: SiteName) async throws -> SitePage?

    /// As `page(_:of:)`, but at once: `nil` when the answer takes more than a look at the site's revision and memory,
    /// which says nothing about whether there is such a page. Called on event loops, thousands of times a second.
    func pageInMemory(_ address: String, of site: SiteName) -> SitePage?
}

extension SiteReading {
    package func pageInMemory(_ address: String, of site: SiteName) -> SitePage? { nil }
}
