import Core
import Foundation
import FoundationXML

/// Turns an Atom or RSS document into one JSON object an entry: the names of its elements as keys, prefixes included,
/// attributes as `element@attribute`, and `feed` = `atom` or `rss`.
final class FeedScanner: NSObject, XMLParserDelegate {
    /// Where and why a document is damaged or no feed; the entries read stay.
    struct Problem: Equatable {
        let line: Int
        let reason: String
    }

    static let largestFeed = 32 << 20

    private(set) var entries: [JSON] = []
    private(set) var problem: Problem?
    private var kind = "rss"
    private var root: (name: String, line: Int)?
    private var path: [String] = []
    private var entry: [String: JSON]?
    private var text = ""

    /// The entries, and the first thing that is wrong with the document.
    static func read(_ bytes: [UInt8]) -> (entries: [JSON], problem: Problem?) {
        // Feeds need no entities of their own; those that define some do so to blow up.
        if let line = Prolog.lineOfEntity(in: bytes) {
            return ([], Problem(line: line, reason: "it defines entities, which feeds need not"))
        }
        let scanner = FeedScanner()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = scanner
        parser.shouldResolveExternalEntities = false
        let isWhole = parser.parse()
        scanner.conclude(isWhole, parser)
        return (scanner.entries, scanner.problem)
    }

    private func conclude(_ isWhole: Bool, _ parser: XMLParser) {
        if !isWhole { note(parser, parser.parserError.map(FeedScanner.reason) ?? "it is not XML") }
        if let open = path.last { note(parser, "it ends within <\(open)>") }
        guard let root, entries.isEmpty, !["rss", "feed", "rdf:RDF", "RDF"].contains(root.name) else { return }
        let reason = "it begins with <\(root.name)>, not with <rss> or <feed>"
        problem = problem ?? Problem(line: root.line, reason: reason)
    }

    /// The first problem is the cause of the others.
    private func note(_ parser: XMLParser, _ reason: String) {
        problem = problem ?? Problem(line: max(1, parser.lineNumber), reason: reason)
    }

    /// Numbers: libxml2's `xmlParserErrors`.
    private static func reason(of error: any Error) -> String {
        let code = (error as NSError).code
        return switch code {
        case 3, 4: "it is not XML"
        case 5, 77: "it ends too early"
        case 9, 81: "it holds bytes that its encoding does not have"
        case 23, 68: "a & or < is not escaped"
        case 26: "it names an entity that is not declared"
        case 31, 32: "its encoding is not known"
        case 76: "its tags do not match"
        case 89: "its entities refer to each other"
        default: "it is not well-formed XML (libxml2 code \(code))"
        }
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        note(parser, FeedScanner.reason(of: error))
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        root = root ?? (name, parser.lineNumber)
        path.append(name)
        text = ""
        if name == "feed" { kind = "atom" }
        if name == "entry" || name == "item" { entry = ["feed": .text(kind)] }
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
            entries.append(.object(finished))
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
