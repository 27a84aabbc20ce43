import Core
import Crypto

/// The secret part of a feed's address: feed readers cannot sign in, so whoever knows it may read that feed.
///
/// Made of the server's key, the user, the watchlist and a version, so that pages can print it without storing it, and
/// raising the version revokes it.
package struct FeedToken: Sendable, Hashable {
    package let text: String

    package init(key: [UInt8], user: UserID, watchlist: WatchlistID, version: Int64) {
        let message = Array("feed|\(user.rawValue)|\(watchlist.rawValue)|\(version)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
        text = Base64URL.encode(Array(code))
    }

    /// Compares in constant time.
    package func matches(_ candidate: some StringProtocol) -> Bool {
        ConstantTime.equal(Array(text.utf8), Array(candidate.utf8))
    }
}

/// Comparison of secrets: its time depends on the lengths alone.
enum ConstantTime {
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
