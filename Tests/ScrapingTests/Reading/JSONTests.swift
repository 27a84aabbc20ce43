import Core
import Foundation
import TestSupport
import Testing

@testable import Scraping

@Suite("JSON parser")
struct JSONTests {
    private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

    private func reason(_ bytes: [UInt8]) -> String? {
        do {
            _ = try JSONParser.parse(bytes)
            return nil
        } catch {
            return "\(error.offset): \(error.reason)"
        }
    }

    @Test(
        "Numbers stay what they are",
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .digits("9223372036854775808")),
            ("-123456789012345678901", .digits("-123456789012345678901")), ("1.5", .number(1.5)),
            ("1e3", .number(1000)), ("-2.5E-1", .number(-0.25)),
        ] as [(String, JSON)])
    func numbers(text: String, value: JSON) throws {
        #expect(try parse(text) == value)
    }

    @Test(
        "What is no number is refused",
        arguments: ["01", "+1", "1.", ".5", "-", "1e", "1e+", "0x10", "NaN", "Infinity", "1e999", "--1", "1_000"])
    func notNumbers(text: String) {
        #expect(reason(Array(text.utf8)) != nil)
    }

    @Test(
        "Escapes and surrogates",
        arguments: [
            (#""\u0041\n\t\"\\\/\b\f\r""#, "A\n\t\"\\/\u{8}\u{C}\r"), (#""\ud83d\ude00""#, "😀"),
            (#""\uD83D\uDC69\u200d\uD83D\uDE80""#, "👩‍🚀"), (#""a\ud83d""#, "a\u{FFFD}"), (#""\ude00b""#, "\u{FFFD}b"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\u0000""#, "\u{0}"),
        ])
    func escapes(text: String, value: String) throws {
        #expect(try parse(text) == .text(value))
    }

    @Test(
        "Bytes that are not UTF-8 become U+FFFD, the rest of the text stays",
        arguments: [
            ([0xFF], "a\u{FFFD}b"), ([0xC3], "a\u{FFFD}b"), ([0xC0, 0x80], "a\u{FFFD}\u{FFFD}b"),
            ([0xED, 0xA0, 0x80], "a\u{FFFD}\u{FFFD}\u{FFFD}b"), ([0xF0, 0x9F, 0x98], "a\u{FFFD}b"),
        ] as [([UInt8], String)])
    func invalidUTF8(bytes: [UInt8], value: String) throws {
        #expect(try JSONParser.parse(Array("\"a".utf8) + bytes + Array("b\"".utf8)) == .text(value))
    }

    @Test(
        "What is damaged names the place and the reason",
        arguments: [
            (#"{"a":}"#, "5: a value was expected"), (#"{"a" 1}"#, "5: a colon was expected"),
            (#"{"a":1,}"#, "7: a key in quotes was expected"), ("[1,]", "3: a value was expected"),
            ("[1 2]", "3: a comma or ] was expected"), (#"{"a":1 "b":2}"#, "7: a comma or } was expected"),
            (#"{a:1}"#, "1: a key in quotes was expected"), (#""\x""#, "2: an unknown escape stands inside quotes"),
            ("\"a\nb\"", "2: a line break or control character stands inside quotes"),
            ("{} x", "3: something follows the value"),
            (#""\u12g4""#, "3: four hex digits were expected"), (#""\u+123""#, "3: four hex digits were expected"),
            ("nul", "0: a value was expected"), ("tru", "0: a value was expected"), ("'a'", "0: a value was expected"),
        ])
    func damage(text: String, expected: String) {
        #expect(reason(Array(text.utf8)) == expected)
    }

    @Test("Every beginning of a value ends too early, and never traps")
    func beginnings() throws {
        let whole = Array(#"{"a":[1.5,true,null,{"b":"\ud83d\ude00 x\n"}],"c":-12e3}"#.utf8)
        #expect(reason(whole) == nil)
        for count in 0..<whole.count {
            let found = try #require(reason(Array(whole.prefix(count))))
            #expect(found.contains("ends too early") || found.contains("expected"), "\(count) bytes: \(found)")
        }
    }

    @Test("128 levels are read, one more is refused, and a hundred thousand do not fill the stack")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(reason(nested(128)) == nil)
        #expect(reason(nested(129)) == "128: it is nested more than 128 deep")
        #expect(reason(nested(100_000)) == "128: it is nested more than 128 deep")
    }

    @Test("Of a key that comes twice the last value counts")
    func twice() throws {
        #expect(try parse(#"{"a":1,"a":2}"#) == .object(["a": .integer(2)]))
    }

    @Test("Random values survive being written by another program")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        for _ in 0..<300 {
            let value = Self.randomValue(depth: 4, &generator)
            let data = try JSONSerialization.data(withJSONObject: Self.plain(value), options: [.fragmentsAllowed])
            #expect(try JSONParser.parse([UInt8](data)) == value, "seed \(generator.seed)")
        }
    }

    private static func randomValue(depth: Int, _ generator: inout SeededGenerator) -> JSON {
        let words = ["", "a", "שלום", "👩‍🚀", "\u{0}\u{1F}", "\"\\/", "\u{2028}", "e\u{301}", "\u{FEFF}x"]
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 1: return .text((0..<3).compactMap { _ in words.randomElement(using: &generator) }.joined())
        case 2: return .bool(Bool.random(using: &generator))
        case 3: return .null
        case 4: return .array((0..<3).map { _ in randomValue(depth: depth - 1, &generator) })
        default:
            let keys = words.shuffled(using: &generator).prefix(3)
            return .object(
                Dictionary(uniqueKeysWithValues: keys.map { ($0, randomValue(depth: depth - 1, &generator)) }))
        }
    }

    private static func plain(_ value: JSON) -> Any {
        switch value {
        case .integer(let value): value
        case .text(let text): text
        case .bool(let value): value
        case .array(let elements): elements.map(plain)
        case .object(let members): members.mapValues(plain)
        default: NSNull()
        }
    }
}
