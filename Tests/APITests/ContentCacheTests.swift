import Core
import Testing

@testable import API

@Suite("Content cache")
struct ContentCacheTests {
    private func content(_ name: String, bytes: Int = 1000) -> PreparedContent {
        let body = Array(repeating: UInt8(ascii: "x"), count: bytes)
        let page = SitePage(address: "/", digest: name, contentType: "image/png", body: body)
        return PreparedContent(page, policy: .personal, security: SecurityHeaders(isSecure: false))
    }

    private func key(_ name: String) -> ContentCache.Key {
        ContentCache.Key(digest: name, policy: .personal, filePath: name)
    }

    @Test("never holds more than its capacity, whatever comes")
    func bound() {
        let cache = ContentCache(capacity: 50_000)

        for index in 0..<500 {
            let name = "\(index)"
            cache.insert(content(name, bytes: index * 37 % 9000), for: key(name))
            if index % 3 == 0 { _ = cache[key("\(index / 2)")] }
            #expect(cache.cost <= 50_000)
        }
        #expect(cache[key("499")] != nil)
    }

    @Test("keeps what is used and lets go what is not")
    func secondChance() {
        let cache = ContentCache(capacity: 10 * content("").cost)

        cache.insert(content("used"), for: key("used"))
        for index in 0..<100 {
            #expect(cache[key("used")] != nil)
            cache.insert(content("\(index)"), for: key("\(index)"))
        }
        #expect(cache[key("0")] == nil)
    }

    @Test("does not take what is larger than itself, nor one thing twice")
    func refusals() {
        let cache = ContentCache(capacity: 10_000)
        let first = content("a")

        cache.insert(first, for: key("a"))
        cache.insert(content("a"), for: key("a"))
        cache.insert(content("huge", bytes: 20_000), for: key("huge"))
        #expect(cache[key("a")] === first)
        #expect(cache.cost == first.cost)
        #expect(cache[key("huge")] == nil)
    }

    @Test(
        "tags match as RFC 9110 says",
        arguments: [
            ("W/\"a\"", "W/\"a\"", true), ("\"a\"", "W/\"a\"", true), ("W/\"a\"", "\"a\"", true), ("*", "\"a\"", true),
            ("\"b\", \"a\"", "\"a\"", true), ("\"b\",W/\"a\" , \"c\"", "W/\"a\"", true),
            ("\"b\"", "\"a\"", false), ("a", "\"a\"", false), ("", "\"a\"", false), ("\"a", "\"a\"", false),
            ("\"A\"", "\"a\"", false), (",,", "\"a\"", false),
        ])
    func tags(header: String, tag: String, matches: Bool) {
        #expect(EntityTag.matches(header, tag) == matches)
    }
}
