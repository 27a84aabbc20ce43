/// Where a post was published. Stored as its raw value.
package enum Platform: String, Sendable, Hashable, CaseIterable, Codable {
    case youtube, tiktok, reddit, twitter, web

    /// The name people read.
    package var name: String {
        switch self {
        case .youtube: "YouTube"
        case .tiktok: "TikTok"
        case .reddit: "Reddit"
        case .twitter: "X"
        case .web: "Web"
        }
    }
}

/// What kind of thing a post is.
package enum ContentType: String, Sendable, Hashable, CaseIterable, Codable {
    case video, image, text, link
}
