import Core
import TestSupport
import Testing

@testable import API

@Suite("JSON that we write")
struct JSONWriterTests {
    private func text(_ value: JSON) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("is escaped where JSON wants it, and only there")
    func escapes() {
        #expect(text(.text("a\"b\\c\n\u{1}\u{7F}é</script>😀")) == #""a\"b\\c\n\u0001\u007fé</script>😀""#)
        #expect(
            text(.object(["b": .array([.null, .bool(true), .integer(-3)]), "a": .number(.infinity)]))
                == #"{"a":null,"b":[null,true,-3]}"#)
    }

    @Test("is read back as what it was", arguments: 0..<50)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = Self.random(&generator, depth: 3)
        #expect(try JSONParser.parse(Array(text(value).utf8)) == value, "seed \(seed)")
    }

    private static func random(_ generator: inout SeededGenerator, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: .number(Double.random(in: -1e9...1e9, using: &generator) + 0.5)
        case 4:
            .text(String((0..<6).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0...255, using: &generator))) }))
        case 5: .array((0..<3).map { _ in random(&generator, depth: depth - 1) })
        default: .object(["a": random(&generator, depth: depth - 1), "b\n": random(&generator, depth: depth - 1)])
        }
    }
}
