/// Which part of the address space a path lies in: the same addresses for everybody, so the path alone decides.
enum SiteArea: Equatable {
    /// The same for everybody.
    case everybody
    /// The sign-in and sign-up forms: pointless for those who are signed in.
    case door
    /// From the signed-in user's own site.
    case personal
    /// A published ideaboard.
    case shared(slug: String)
    case asset
    /// Not a page: the API, health checks, feeds.
    case elsewhere

    init(path: String) {
        switch Self.firstPart(of: path) {
        case "dashboard", "trends", "ideaboards", "downloads", "library", "settings": self = .personal
        case "sign-in", "sign-up": self = .door
        case "confirm": self = .elsewhere
        case "assets": self = .asset
        case "shared": self = .shared(slug: Self.secondPart(of: path))
        case "api", "health", "feeds", "media", "thumbs", "picture", "metrics", "status.json": self = .elsewhere
        default: self = .everybody
        }
    }

    private static func firstPart(of path: String) -> Substring {
        let rest = path.utf8.dropFirst()
        return Substring(rest.prefix { $0 != UInt8(ascii: "/") })
    }

    private static func secondPart(of path: String) -> String {
        let parts = path.split(separator: "/", maxSplits: 2)
        return parts.count > 1 ? String(parts[1]) : ""
    }
}
