import Core

extension Post {
    private static let longestID = 2000

    /// 1990-01-01, before there was a web: what claims to be older, such as the year 1, carries a placeholder.
    private static let earliest = Instant(seconds: 631_152_000)

    /// What every post must have, whatever source it is from: an id and an address that can be stored and linked. What
    /// may be missing is left out where it is not fit for that; a time of publication before 1990 is unknown.
    mutating func check() throws(ItemProblem) {
        guard (1...Post.longestID).contains(platformPostID.utf8.count), !platformPostID.holdsControls else {
            throw ItemProblem("the id is empty, longer than \(Post.longestID) bytes or holds control characters")
        }
        guard WebAddress.isValid(url) else { throw ItemProblem("the address is not one of the web") }
        thumbnailURL = thumbnailURL.flatMap { WebAddress.isValid($0) ? $0 : nil }
        language = language.flatMap { Post.isLanguage($0) ? $0 : nil }
        author = author.flatMap(Post.checked)
        publishedAt = publishedAt.flatMap { $0 >= Post.earliest ? $0 : nil }
    }

    private static func checked(_ author: Author) -> Author? {
        let id = author.platformAuthorID
        guard (1...longestID).contains(id.utf8.count), !id.holdsControls else { return nil }
        return Author(
            platform: author.platform, platformAuthorID: id, name: author.name,
            url: author.url.flatMap { WebAddress.isValid($0) ? $0 : nil }, followers: author.followers)
    }

    /// Letters, digits and hyphens, as in `pt-BR`; some sources write an underscore.
    private static func isLanguage(_ text: String) -> Bool {
        (2...35).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x5F
            }
    }
}

extension String {
    fileprivate var holdsControls: Bool { utf8.contains { $0 < 0x20 || $0 == 0x7F } }
}
