import Core
import Templates
import TestSupport
import Testing

@testable import Site

@Suite("Hostile text on pages")
struct HostilePageTests {
    static let texts = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</title></head></a></li>",
        "{{title}} {{{html}}} {{>partials/card}}", "<!-- --> --!>", "]]></summary>", "&lt;b&gt;&amp;#x3C;script&#62;",
        "\u{202E}evil\u{202C}\u{2066}", "\u{200B}\u{FEFF}\u{AD}", "a\u{0}b\u{7}\u{1B}[31m\r\n\tc",
        "\u{FFFE}\u{FFFF}\u{FFFD}",
        "\u{2028}\u{2029}\u{85}", "%00%2e%2e/../", "javascript:alert(1)",
        "a" + String(repeating: "\u{301}", count: 1000),
        String(repeating: "x", count: 10_000), String(repeating: "<", count: 10_000),
        String(repeating: "\"&'", count: 4000),
        String(repeating: "👩‍🚀", count: 2000), String(repeating: "word ", count: 2000),
        String(repeating: "長", count: 10_000), "   ",
    ]

    private typealias Page = (name: String, html: String)
    private static let plain = Result { try HostilePages("plain").all().map { try HTMLSkeleton($0.html) } }

    @Test(
        "Text stays text: the same tags on every page, within their budgets, and no link without words",
        arguments: texts)
    func pages(_ text: String) throws {
        for (page, skeleton) in zip(try HostilePages(text).all(), try Self.plain.get()) {
            let found = try HTMLSkeleton(page.html)
            #expect(found == skeleton, "\(page.name)")
            #expect(Set(found.ids).count == found.ids.count, "\(page.name) has an id twice")
            checkWords(page)
            let isBounded =
                !["settings", "account", "sign-in", "sign-up", "failure", "ideaboard", "collection form"]
                .contains(page.name)
                && !page.name.hasPrefix("board ")
            #expect(!isBounded || page.html.utf8.count <= 45_000, "\(page.name): \(page.html.utf8.count) bytes")
            if page.name == "trends /trends/" { checkCards(page) }
        }
    }

    private func checkCards(_ page: Page) {
        let cards = page.html.components(from: "<li class=\"card\"", to: "</div>\n</li>\n")
        #expect(cards.count == 24)
        #expect(cards.allSatisfy { $0 <= 1600 }, "\(cards.max() ?? 0) bytes")
    }

    private func checkWords(_ page: Page) {
        for match in page.html.matches(
            of: /<(?:a|h1|h2|h3|button|summary)(?: [^>]*)?>([^<]*)<\/(?:a|h1|h2|h3|button|summary)>/)
        {
            #expect(match.1.unicodeScalars.contains(where: Self.isVisible), "\(page.name): \(match.0)")
        }
    }
}

extension HostilePageTests {
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return !properties.isDefaultIgnorableCodePoint && !properties.isWhitespace
            && !properties.isNoncharacterCodePoint
            && properties.generalCategory != .control
    }
}

extension String {
    /// The sizes in bytes of the parts from one mark to the end of another.
    fileprivate func components(from start: String, to end: String) -> [Int] {
        var (sizes, rest): ([Int], Substring) = ([], self[...])
        while let begin = rest.range(of: start), let close = rest[begin.lowerBound...].range(of: end) {
            sizes.append(rest[begin.lowerBound..<close.upperBound].utf8.count)
            rest = rest[close.upperBound...]
        }
        return sizes
    }
}
