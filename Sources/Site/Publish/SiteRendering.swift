import Core

/// Where rendered pages go.
package protocol PageTaking {
    /// A page and its whole body.
    mutating func emit(_ address: String, _ body: [UInt8]) throws
    /// An unchanged page; false when the previous publish had none at this address.
    @discardableResult
    mutating func keep(_ address: String) -> Bool
    /// The page that had this digest; false when the previous publish had another at this address, or none.
    mutating func keep(_ address: String, as digest: PageDigest) -> Bool
    /// Of the page that was emitted or kept at `address`; `nil` where there is none, or nobody looks at digests.
    func digest(of address: String) -> PageDigest?
}

extension PageSink: PageTaking {}

/// Turns a site's data into pages.
package protocol SiteRendering: Sendable {
    /// Hands every page of the site to `sink`, rendering only what `previous` does not already show.
    /// Returns the next instant at which time alone changes a page. `now` is a whole hour.
    func render(
        _ snapshot: any SiteSnapshot, after previous: Manifest?, now: Instant, to sink: inout some PageTaking
    ) throws -> Instant?

    /// One page that `render` leaves out because it is too old to have a file; `nil` when it does not exist.
    func renderOne(_ address: String, _ snapshot: any SiteSnapshot, now: Instant) throws -> [UInt8]?

    /// Hands the public pages to `sink`: the same for everybody, made from files only.
    func renderPublicPages(to sink: inout some PageTaking) throws
}
