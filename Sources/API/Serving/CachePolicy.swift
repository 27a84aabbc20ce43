import HTTPTypes

/// Who may keep an answer, and for how long.
enum CachePolicy: UInt8, Sendable, Hashable, CaseIterable {
    /// The same for everybody: browsers ask each time, a CDN may keep it a minute.
    case everybody
    /// Depends on who is signed in: only the browser keeps it, and asks each time.
    case personal
    /// The same for everybody, but strangers wrote it, and may take it back at once: asked for each time, in a sandbox.
    case shared
    /// Named by its content: never changes.
    case immutable
    /// Keeps its name while its content changes: the service worker and its kin.
    case revalidated

    var fields: HTTPFields {
        switch self {
        case .shared:
            [.cacheControl: "public, no-cache", .vary: "Accept-Encoding"]
        case .everybody:
            [.cacheControl: "public, max-age=0, s-maxage=60, stale-while-revalidate=60", .vary: "Accept-Encoding"]
        case .personal:
            [.cacheControl: "private, no-cache", .vary: "Cookie, Accept-Encoding"]
        case .immutable:
            [.cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding"]
        case .revalidated:
            [.cacheControl: "no-cache", .vary: "Accept-Encoding"]
        }
    }
}
