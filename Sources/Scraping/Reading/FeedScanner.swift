import Core
import Foundation
import FoundationXML

/// Turns an Atom or RSS document into one JSON object an entry: the names of its elements as keys, prefixes included,
/// attributes as `element@attribute`, and `feed` = `atom` or `rss`.
final class FeedScanner: NSObject, XMLParserDelegate {
    static let largestFeed = 32 << 20

    private(set) var entries: [(line: Int, item: JSON)] = []
    private var kind = "rss"
    private var path: [String] = []
    private var entry: [String: JSON]?
    private var entryLine = 0
    private var text = ""

    /// The entries, and why reading ended early when it did.
    static func read(_ bytes: [UInt8]) -> (entries: [(line: Int, item: JSON)], problem: String?) {
        // Feeds need no entities of their own; those that define some do so to blow up.
        if bytes.prefix(1 << 16).containsText("<!ENTITY") { return ([], "it defines entities, which feeds need not") }
        let scanner = FeedScanner()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = scanner
        parser.shouldResolveExternalEntities = false
        guard !parser.parse() else { return (scanner.entries, nil) }
        let reason = parser.parserError.map { "\($0)" } ?? "it is not XML"
        return (scanner.entries, "line \(parser.lineNumber): \(reason)")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        path.append(name)
        text = ""
        if name == "feed" { kind = "atom" }
        if name == "entry" || name == "item" {
            (entry, entryLine) = (["feed": .text(kind)], parser.lineNumber)
        }
        guard entry != nil else { return }
        for (key, value) in attributes { keep("\(name)@\(key)", value, of: attributes, name) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        text += String(decoding: block, as: UTF8.self)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        path.removeLast()
        if name == "entry" || name == "item", let finished = entry {
            entries.append((entryLine, .object(finished)))
            entry = nil
        } else if entry != nil {
            let isAuthor = path.last == "author" && (name == "name" || name == "uri")
            keep(isAuthor ? "author/\(name)" : name, text)
        }
        text = ""
    }

    /// The first of several elements of one name counts; categories are gathered.
    private func keep(_ key: String, _ value: String) {
        let value = value.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !value.isEmpty else { return }
        if key == "category" || key == "category@term" {
            let categories = entry?["categories"]?.array ?? []
            entry?["categories"] = .array(categories + [.text(value)])
        } else if entry?[key] == nil {
            entry?[key] = .text(value)
        }
    }

    /// Of Atom's links the alternate one is the page.
    private func keep(_ key: String, _ value: String, of attributes: [String: String], _ name: String) {
        if key == "link@href", attributes["rel"] ?? "alternate" != "alternate" { return }
        keep(key, value)
    }
}

extension Sequence<UInt8> {
    func containsText(_ text: String) -> Bool {
        String(decoding: Array(self), as: UTF8.self).contains(text)
    }
}
