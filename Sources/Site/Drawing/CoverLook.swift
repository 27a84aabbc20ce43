import Core

/// The drawn cover of a post without a picture: six hues, four patterns, chosen by the post's id, and the platform's mark.
enum CoverLook {
    /// Class names of the style sheet, such as "h3 a2 youtube".
    static func classes(of post: Post) -> String {
        let hash = fnv1a(post.platformPostID)
        return "h\(hash % 6) a\(hash / 6 % 4) \(post.platform.rawValue)"
    }

    /// 32-bit FNV-1a with its high bits folded in: the same on every machine, unlike `Hasher`.
    private static func fnv1a(_ text: String) -> UInt32 {
        let hash = text.utf8.reduce(2_166_136_261 as UInt32) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return hash ^ (hash >> 15)
    }
}
