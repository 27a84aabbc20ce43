import Core
import Testing

/// Where words are looked for, and how hostile spelling is read.
@Suite("Watchlist words")
struct WatchlistWordTests {
    private let now = CivilTime(year: 2026, month: 11, day: 24).instant

    private func takes(_ post: Post, _ rule: WatchlistRule) -> Bool {
        WatchlistMatcher(rule).matches(post, counts: Counts(), now: now)
    }

    private func takes(_ title: String, keyword: String) throws -> Bool {
        var post = Post(platform: .web, platformPostID: "a", contentType: .link, url: "https://example.com/")
        post.title = title
        return takes(post, try WatchlistRule(keywords: [keyword]))
    }

    private var post: Post {
        var post = Post(platform: .youtube, platformPostID: "a", contentType: .video, url: "https://example.com/cash")
        (post.title, post.text, post.hashtags) = ("Vending day", "Coins fall out", ["SideHustle", "money"])
        post.author = Author(platform: .youtube, platformAuthorID: "UC-kiosk", name: "Kiosk Lab")
        return post
    }

    @Test(
        "Words are looked for in title, text, author and hashtags, and nowhere else",
        arguments: [
            ("vending", true), ("coins fall", true), ("kiosk lab", true), ("money", true), ("#money", true),
            ("#sidehustle", true), ("cash", false), ("youtube", false), ("uc-kiosk", false), ("#vending", false),
            ("#kiosk", false), ("#side", false),
        ])
    func places(_ keyword: String, _ isTaken: Bool) throws {
        #expect(takes(post, try WatchlistRule(keywords: [keyword])) == isTaken)
    }

    @Test("One exclusion outweighs every keyword, wherever it stands", arguments: ["day", "coins", "lab", "#money"])
    func exclusions(_ word: String) throws {
        #expect(!takes(post, try WatchlistRule(keywords: ["vending", "coins"], exclusions: ["nothing", word])))
    }

    @Test("Any keyword will do, but every must-word has to stand")
    func anyAndAll() throws {
        #expect(takes(post, try WatchlistRule(keywords: ["absent", "coins"], mustWords: ["vending", "#money"])))
        #expect(!takes(post, try WatchlistRule(keywords: ["coins"], mustWords: ["vending", "absent"])))
        #expect(!takes(post, try WatchlistRule(keywords: ["absent"], mustWords: ["vending"])))
    }

    @Test("A post without any words meets only rules without words")
    func wordless() throws {
        let bare = Post(platform: .web, platformPostID: "a", contentType: .link, url: "https://example.com/")
        #expect(!takes(bare, try WatchlistRule(keywords: ["a"])))
        #expect(!takes(bare, try WatchlistRule(mustWords: ["a"])))
        #expect(takes(bare, try WatchlistRule(exclusions: ["a"])))
    }

    @Test(
        "Words end where letters end",
        arguments: [
            ("ai", "AI-powered", true), ("ai", "he said", false), ("ai", "open.ai/chat", true), ("ai", "(AI)", true),
            ("iphone 17", "iPhone17", false), ("iphone 17", "iPhone 17", true), ("17", "iPhone 17.", true),
            ("snake case", "snake_case", true), ("c", "C++", true), ("rock n roll", "Rock 'n' Roll", true),
            ("la", "La-La Land", true), ("la la land", "La-La Land", true), ("e mail", "e—mail", true),
        ])
    func boundaries(_ keyword: String, _ title: String, _ isTaken: Bool) throws {
        #expect(try takes(title, keyword: keyword) == isTaken)
    }

    @Test(
        "Case and diacritics do not matter, in any alphabet that has them",
        arguments: [
            ("cafe", "CAFÉ"), ("naïve", "naive"), ("lodz", "Łódź"), ("smorrebrod", "Smørrebrød"),
            ("STRASSE", "straße"), ("istanbul", "İSTANBUL"), ("oeuvre", "Œuvre"), ("ΑΘΗΝΑ", "αθηνα"),
            ("москва", "МОСКВА"), ("pho", "Phở"), ("dont", "don’t"), ("don't", "dont"),
        ])
    func caseless(_ keyword: String, _ title: String) throws {
        #expect(try takes(title, keyword: keyword))
        #expect(try takes(keyword, keyword: title))
    }

    @Test(
        "Scripts without spaces are searched inside their runs, in order",
        arguments: [
            ("猫", "黒猫の動画", true), ("動画", "今日の動画です", true), ("動画", "画動", false),
            ("ネコ", "かわいいネコちゃん", true), ("แมว", "แมวน่ารัก", true), ("东京", "我在东京塔", true),
            ("東京 タワー", "東京タワー", true), ("한국", "한국 여행", true), ("한국", "대한국민", false),
        ])
    func spaceless(_ keyword: String, _ title: String, _ isTaken: Bool) throws {
        #expect(try takes(title, keyword: keyword) == isTaken)
    }

    @Test(
        "An emoji is a word, whatever its skin, its variant and what it is joined with",
        arguments: [
            ("🔥", "Hot🔥🔥deal", true), ("👍", "👍🏽 nice", true), ("❤️", "I ❤ it", true), ("👩‍🚀", "Go 👩‍🚀!", true),
            ("🇫🇷", "Vive la 🇫🇷", true), ("🇫🇷", "🇩🇪", false), ("🔥", "💧", false),
        ])
    func emoji(_ keyword: String, _ title: String, _ isTaken: Bool) throws {
        #expect(try takes(title, keyword: keyword) == isTaken)
    }

    @Test(
        "Invisible characters hide no word",
        arguments: ["i\u{200B}phone", "iph\u{AD}one", "\u{202E}iphone\u{202C}", "\u{FEFF}iPhone", "i\u{2060}phone"])
    func invisible(_ title: String) throws {
        #expect(try takes(title, keyword: "iphone"))
    }

    @Test("A keyword of marks alone meets nothing, and as an exclusion takes nothing away")
    func marksOnly() throws {
        #expect(try !takes("What?!", keyword: "?!"))
        #expect(takes(post, try WatchlistRule(keywords: ["coins"], exclusions: ["!!!"])))
    }
}
