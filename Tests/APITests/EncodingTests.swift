import Core
import Foundation
import TestSupport
import Testing

@testable import API

/// Our own small encoders against Foundation's, or against their own inverse.
@Suite("Encodings")
struct EncodingTests {
    @Test("dates of HTTP are those of Foundation's formatter", arguments: 1...3 as ClosedRange<UInt64>)
    func dates(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        for _ in 0..<100 {
            let seconds = Int64.random(in: -2_000_000_000...32_503_680_000, using: &random)
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(HTTPDate.text(Instant(seconds: seconds)) == expected, "seed \(seed)")
        }
    }

    @Test("the date header is written anew with each second, and not before")
    func dateHeader() {
        let clock = ManualClock()
        let header = DateHeader(now: clock.read)
        let first = header.text
        #expect(header.text == first)
        clock.advance(seconds: 1)
        #expect(header.text != first)
        clock.advance(seconds: -1)
        #expect(header.text == first)
    }

    @Test("base64url is base64 without padding, with its own two digits", arguments: 1...3 as ClosedRange<UInt64>)
    func base64(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for length in 0..<80 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
            #expect(Base64URL.encode(bytes) == expected, "seed \(seed)")
        }
        let digits = (0...255).filter { Base64URL.value(UInt8($0)) != nil }
        #expect(digits.count == 64 && Set(digits.compactMap { Base64URL.value(UInt8($0)) }) == Set(0..<64))
    }

    @Test("a query value is read back as it was written, whatever it says", arguments: 1...3 as ClosedRange<UInt64>)
    func formText(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "&", "=", "+", "%", " ", "%41", "é", "👩‍🚀", "/", "?", "#", "\u{0}", "a", "~", "\r\n", "%ZZ", "\u{202E}",
        ]
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let fields = try FormText.fields(Array("x=1&next=\(FormText.encoded(text))&y=2".utf8))
            #expect(fields["next"] == text, "seed \(seed)")
            #expect(fields.count == 3, "seed \(seed): \(text) broke out of its field")
        }
    }

    @Test("no way back leads off this site, whatever the address says", arguments: 1...5 as ClosedRange<UInt64>)
    func nextAddress(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "/", "//", "\\", "evil.example", "https:", "@", ".", "..", "%2f", "\t", "\n", " ", "?", "#", ":", "trends",
            "é", "\u{0}", "api/", "sign-in/", "%09", "%5C", "%0a", "%25",
        ]
        let home = try #require(URL(string: "https://kapture.example"))
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            guard let next = NextAddress.validated(text) else { continue }
            let target = try #require(URL(string: next, relativeTo: home), "seed \(seed): \(next)")
            #expect(target.absoluteURL.host == "kapture.example" && target.scheme == "https", "seed \(seed): \(next)")
            #expect(next.hasPrefix("/") && !next.hasPrefix("//") && !next.contains("\\"), "seed \(seed): \(next)")
        }
    }

    @Test(
        "no way back holds what leads astray once it is decoded",
        arguments: [
            ("/%09/evil.com", false), ("/%0d%0aSet-Cookie:x", false), ("/%2Fevil.com", false), ("/%5cevil.com", false),
            ("/%C2%85/", false), ("/%7F", false), ("/%ff/", false), ("/trends/?q=%E2%9C%93+caf%C3%A9", true),
            ("/trends/%2F", true), ("/a%20b/", true), ("/100%/", true),
        ])
    func decodedNext(text: String, isWelcome: Bool) {
        #expect((NextAddress.validated(text) == text) == isWelcome)
        #expect((NextAddress.asked(in: "next=" + FormText.encoded(text)) == text) == isWelcome)
    }

    @Test(
        "gzip is welcome only where it is said to be",
        arguments: [
            ("gzip", true), ("*", true), ("gzip;q=0", false), ("gzip; q=0.000", false), ("*;q=0", false),
            ("*, gzip;q=0", false),
            ("identity", false), ("", false), ("x-gzip", true), ("gzipped", false), ("br, *;q=0.1", true),
            (";,;", false),
        ])
    func gzip(_ header: String, _ isWelcome: Bool) {
        #expect(AcceptEncoding.allowsGzip(header) == isWelcome)
        #expect(!AcceptEncoding.allowsGzip(nil))
    }
}
