import Core
import Foundation
import TestSupport
import Testing

@Suite("Watchlist rule")
struct WatchlistRuleTests {
    private func problem(_ make: () throws -> WatchlistRule) -> ValidationError? {
        #expect(throws: ValidationError.self) { try make() }
    }

    private func limits(_ set: (inout WatchlistRule.Limits) -> Void) -> WatchlistRule.Limits {
        var limits = WatchlistRule.Limits()
        set(&limits)
        return limits
    }

    @Test("Too many words name their field and the bound")
    func count() {
        let words = (0...100).map { "w\($0)" }
        let rule = "must be at most 100 words or phrases"
        #expect(problem { try WatchlistRule(keywords: words) } == ValidationError(field: "keywords", rule: rule))
        #expect(problem { try WatchlistRule(mustWords: words) } == ValidationError(field: "must_words", rule: rule))
        #expect(problem { try WatchlistRule(exclusions: words) } == ValidationError(field: "exclusions", rule: rule))
        #expect(throws: Never.self) { try WatchlistRule(keywords: Array(words.dropLast())) }
    }

    @Test("A word has 1 to 100 letters once trimmed", arguments: [("", false), (" \n ", false), ("x", true)])
    func length(_ word: String, _ isFine: Bool) {
        #expect(((try? WatchlistRule(keywords: [word])) != nil) == isFine)
        #expect((try? WatchlistRule(keywords: [String(repeating: "é", count: 100)])) != nil)
        #expect((try? WatchlistRule(keywords: [String(repeating: "é", count: 101)])) == nil)
    }

    @Test("Words are trimmed and kept once, in their order")
    func trimming() throws {
        let rule = try WatchlistRule(keywords: [" b ", "a", "\tb\n", "a b"])
        #expect(rule.keywords == ["b", "a", "a b"])
    }

    @Test("A bound below zero names its field")
    func negative() {
        let faulty: [(String, WatchlistRule.Limits)] = [
            ("minimum_views", limits { $0.minimumViews = -1 }),
            ("maximum_age_hours", limits { $0.maximumAgeHours = -1 }),
            ("minimum_duration", limits { $0.minimumDuration = -1 }),
            ("maximum_duration", limits { $0.maximumDuration = Int64.min }),
        ]
        for (field, limits) in faulty {
            let expected = ValidationError(field: field, rule: "must be at least 0")
            #expect(problem { try WatchlistRule(limits: limits) } == expected)
        }
    }

    @Test("An age of more than a hundred years is refused, so that its end is still an instant")
    func longestAge() {
        let expected = ValidationError(field: "maximum_age_hours", rule: "must be at most 876600")
        for hours in [876_601, Int.max] {
            #expect(problem { try WatchlistRule(limits: limits { $0.maximumAgeHours = hours }) } == expected)
        }
        #expect(throws: Never.self) { try WatchlistRule(limits: limits { $0.maximumAgeHours = 876_600 }) }
    }

    @Test("Lengths the wrong way round are refused, equal ones are not")
    func order() {
        let wrong = problem {
            try WatchlistRule(limits: limits { ($0.minimumDuration, $0.maximumDuration) = (61, 60) })
        }
        #expect(wrong?.description == "minimum_duration must not be above maximum_duration")
        #expect(throws: Never.self) {
            try WatchlistRule(limits: limits { ($0.minimumDuration, $0.maximumDuration) = (60, 60) })
        }
    }

    @Test("A language is a tag", arguments: [("", false), ("e", false), ("en", true), ("sr-Latn-RS", true)])
    func language(_ tag: String, _ isFine: Bool) {
        #expect(((try? WatchlistRule(limits: limits { $0.language = tag })) != nil) == isFine)
        #expect((try? WatchlistRule(limits: limits { $0.language = String(repeating: "x", count: 36) })) == nil)
    }

    // MARK: As it is stored

    @Test("A missing key means its default")
    func defaults() throws {
        let rule = try JSONDecoder().decode(WatchlistRule.self, from: Data("{}".utf8))
        #expect(rule == .everything)
        #expect(String(decoding: try JSONEncoder().encode(WatchlistRule.everything), as: UTF8.self) == "{}")
    }

    @Test("A stored rule that breaks a bound is refused when it is read")
    func storedBounds() {
        for json in [#"{"minimum_views":-5}"#, #"{"keywords":[""]}"#, #"{"shorts":"maybe"}"#, #"{"keywords":"a"}"#] {
            #expect(throws: (any Error).self) { try JSONDecoder().decode(WatchlistRule.self, from: Data(json.utf8)) }
        }
    }

    @Test("Every rule is read back as it was written", arguments: 1...5 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let words = ["lyrics", "#makeup", "iphone x", "動画", "\"quoted\"", "🎯", "\u{202E}x", "a/b\\c"]
        for _ in 0..<100 {
            func some() -> [String] { words.filter { _ in Bool.random(using: &random) } }
            func number() -> Int64? { Bool.random(using: &random) ? Int64.random(in: 0...1000, using: &random) : nil }
            let limits = limits {
                ($0.minimumViews, $0.maximumAgeHours) = (number(), number().map(Int.init))
                ($0.minimumDuration, $0.maximumDuration) = (number(), number().map { $0 + 1000 })
                ($0.language, $0.shorts) = (
                    Bool.random(using: &random) ? "pt-BR" : nil, ShortsRule.allCases.randomElement(using: &random)!
                )
            }
            let rule = try WatchlistRule(
                keywords: some(), mustWords: some(), exclusions: some(),
                platforms: Set(Platform.allCases.filter { _ in Bool.random(using: &random) }), limits: limits)
            let read = try JSONDecoder().decode(WatchlistRule.self, from: try JSONEncoder().encode(rule))
            #expect(read == rule, "seed \(seed)")
        }
    }
}
