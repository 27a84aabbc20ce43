/// Who published a post, as the platform names them.
package struct Author: Sendable, Hashable {
    package let platform: Platform
    /// The platform's own stable id where it gives one, else its handle or name.
    package let platformAuthorID: String
    package let name: String
    package let url: String?
    package let followers: Int64?

    package init(
        platform: Platform, platformAuthorID: String, name: String, url: String? = nil, followers: Int64? = nil
    ) {
        (self.platform, self.platformAuthorID, self.name) = (platform, platformAuthorID, name)
        (self.url, self.followers) = (url, followers)
    }
}

/// A public item on a platform, stored once for everybody: unique (platform, platform post id).
///
/// All text is as strangers wrote it; it is hostile wherever it goes.
package struct Post: Sendable, Hashable {
    package var platform: Platform
    package var platformPostID: String
    package var contentType: ContentType
    /// YouTube Shorts and the like: a vertical clip in the platform's short feed.
    package var isShort = false
    package var title: String?
    /// Description, caption or self text.
    package var text: String?
    package var url: String
    package var thumbnailURL: String?
    package var author: Author?
    package var publishedAt: Instant?
    /// Length in seconds of a video or recording.
    package var duration: Int64?
    /// BCP 47 tag as the platform gave it.
    package var language: String?
    /// Without "#", as written, no duplicates.
    package var hashtags: [String] = []

    package init(platform: Platform, platformPostID: String, contentType: ContentType, url: String) {
        (self.platform, self.platformPostID) = (platform, platformPostID)
        (self.contentType, self.url) = (contentType, url)
    }

    /// From 20 minutes on.
    package static let longSeconds: Int64 = 1200
    package var isLong: Bool { duration.map { $0 >= Post.longSeconds } ?? false }
}

/// A post as one source saw it at one moment: what an adapter makes of a recorded item.
package struct Sighting: Sendable, Hashable {
    package var post: Post
    package var counts: Counts
    /// The record's own time of observation, when it carries one.
    package var observedAt: Instant?

    package init(post: Post, counts: Counts, observedAt: Instant? = nil) {
        (self.post, self.counts, self.observedAt) = (post, counts, observedAt)
    }
}
