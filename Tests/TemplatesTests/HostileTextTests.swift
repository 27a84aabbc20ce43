import Templates
import TestSupport
import Testing

/// Random text in every place where a tag may stand: the markup around it must stay what the template says.
@Suite("Hostile text")
struct HostileTextTests {
    /// What markup, addresses and UTF-8 are made of, so that random text hits the bad cases often.
    private static let parts = [
        "<", ">", "\"", "'", "&", "\u{0}", "</title>", "<!--", "-->", "]]>", "<script>", "javascript:", "//", "\\", "/",
        "..", "?", "#", ":", " ", "\t", "\n", "\r", "=", "`", "{{", "}}", "{{title}}", "&lt;", "&#0;", "%00", "%3C",
        "a", "é",
        "🙂", "\u{FFFE}", "\u{202E}", "\u{1B}",
    ]

    private static let template =
        "<p class=\"{{title}}\" id='{{title}}'>{{title}}</p><a href=\"/x/{{title}}?q={{title}}\">\n"
    private static let feed = "<t a=\"{{title}}\">{{title}}</t>"

    private static func texts(seed: UInt64, count: Int) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in parts.randomElement(using: &generator) ?? "" }
                .joined()
        }
    }

    private static func render(_ source: String, as name: String, _ texts: [String]) throws -> [String] {
        let library = try TemplateLibrary(files: [name: Array(source.utf8)])
        let template = try library.bind(name, to: Sample.self)
        return texts.map { text in
            var page = Sample()
            page.title = text
            var output: [UInt8] = []
            template.render(page, into: &output)
            return String(decoding: output, as: UTF8.self)
        }
    }

    @Test("never adds markup to a page")
    func staysText() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let texts = Self.texts(seed: seed, count: 2000)

        for (text, page) in zip(texts, try Self.render(Self.template, as: "page", texts)) {
            let marks = page.unicodeScalars.filter { "<>\"'".unicodeScalars.contains($0) }
            let intact = String(String.UnicodeScalarView(marks)) == "<\"\"''><><\"\">"
            #expect(intact && !page.utf8.contains(0), "seed \(seed), text \(text.debugDescription)")
        }
    }

    @Test("is read back unchanged by whoever undoes the escaping")
    func comesBack() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let texts = Self.texts(seed: seed, count: 2000)

        for (text, page) in zip(texts, try Self.render("{{title}}", as: "page", texts)) {
            let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            let read = entities.reduce(page) { $0.replacing($1.0, with: $1.1) }
            #expect(read == text.replacing("\u{0}", with: ""), "seed \(seed), text \(text.debugDescription)")
        }
    }

    @Test("adds to an address nothing but letters, digits and what is percent-encoded")
    func staysInItsPartOfAnAddress() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let texts = Self.texts(seed: seed, count: 2000)

        for (text, page) in zip(texts, try Self.render("<a href=\"/x/{{title}}\">", as: "page", texts)) {
            let part = page.dropFirst("<a href=\"/x/".count).dropLast("\">".count)
            let isSafe = part.utf8.allSatisfy { byte in
                byte.isASCIILetterOrDigit || "%-._~".utf8.contains(byte)
            }
            #expect(isSafe, "seed \(seed), text \(text.debugDescription)")
        }
    }

    @Test("leaves a feed well-formed XML 1.0")
    func staysXML() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let texts = Self.texts(seed: seed, count: 2000)

        for (text, feed) in zip(texts, try Self.render(Self.feed, as: "feed.xml", texts)) {
            let marks = feed.unicodeScalars.filter { "<>\"'".unicodeScalars.contains($0) }
            let intact = String(String.UnicodeScalarView(marks)) == "<\"\"><>"
            let legal = feed.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value < 0xFFFE || "\t\n\r".unicodeScalars.contains($0) || $0.value > 0xFFFF
            }
            #expect(intact && legal, "seed \(seed), text \(text.debugDescription)")
        }
    }

    @Test("never makes a link that runs something or leaves its scheme")
    func staysLink() {
        let seed = UInt64.random(in: 0...UInt64.max)
        let texts = Self.texts(seed: seed, count: 2000)

        for text in texts + texts.map({ "https://a.org/" + $0 }) {
            guard let link = Link(text)?.text else { continue }
            let begins = ["https://", "http://", "mailto:", "/", "?", "#"].contains { link.lowercased().hasPrefix($0) }
            let isClean = link.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
            #expect(begins && isClean && !link.hasPrefix("//"), "seed \(seed), text \(text.debugDescription)")
        }
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
