/// Splits a template's source at its tags and line ends, and checks the spelling of each tag.
struct Tokenizer {
    private let source: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var tokens: [Token] = []

    /// The tokens of a file, in order; `file` is what failures call it.
    static func tokens(of source: [UInt8], file: String) throws(TemplateFailure) -> [Token] {
        guard String(validating: source, as: UTF8.self) != nil else {
            throw TemplateFailure(file: file, line: nil, reason: "the file is not UTF-8", usedBy: [])
        }
        var tokenizer = Tokenizer(source: source, file: file)
        while tokenizer.position < source.count { try tokenizer.next() }
        return tokenizer.tokens
    }

    private init(source: [UInt8], file: String) {
        (self.source, self.file) = (source, file)
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        position = source.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    }

    private mutating func next() throws(TemplateFailure) {
        let start = position
        let content: Token.Content
        if isAt("{{{") {
            content = .tag(.raw, name: try checked(try inside("{{{", "}}}"), .raw))
        } else if isAt("{{") {
            content = try tag(try inside("{{", "}}"))
        } else {
            skipText()
            content = .text(Array(source[start..<position]))
        }
        tokens.append(Token(content: content, line: line))
        line += source[start..<position].count { $0 == UInt8(ascii: "\n") }
    }

    /// Up to the next tag or through the next line end, whichever comes first.
    private mutating func skipText() {
        while position < source.count, !isAt("{{") {
            position += 1
            if source[position - 1] == UInt8(ascii: "\n") { return }
        }
    }

    private mutating func inside(_ opening: String, _ closing: String) throws(TemplateFailure) -> ArraySlice<UInt8> {
        let start = position + opening.utf8.count
        var end = start
        while !isAt(closing, end) {
            guard end < source.count else { throw failure("a tag begins here and is not closed with \(closing)") }
            end += 1
        }
        position = end + closing.utf8.count
        return source[start..<end]
    }

    private func tag(_ content: ArraySlice<UInt8>) throws(TemplateFailure) -> Token.Content {
        let rest = content.dropFirst()
        switch content.first {
        case UInt8(ascii: "!"): return .tag(.comment, name: "")
        case UInt8(ascii: "#"): return .tag(.section, name: try checked(rest, .section))
        case UInt8(ascii: "^"): return .tag(.inverted, name: try checked(rest, .inverted))
        case UInt8(ascii: "/"): return .tag(.close, name: try checked(rest, .close))
        case UInt8(ascii: ">"): return .tag(.partial, name: try checked(rest, .partial))
        case UInt8(ascii: "<"): return .tag(.layout, name: try checked(rest, .layout))
        case UInt8(ascii: "$"): return .tag(.block, name: try checked(rest, .block))
        case UInt8(ascii: "&"): return .tag(.raw, name: try checked(rest, .raw))
        case UInt8(ascii: "="): throw failure("other delimiters cannot be set: tags are always {{…}}")
        default: return .tag(.value, name: try checked(content, .value))
        }
    }

    private func checked(_ content: ArraySlice<UInt8>, _ sigil: Sigil) throws(TemplateFailure) -> String {
        let name = Self.trimmed(content)
        if name.isEmpty { throw failure("\(sigil.written("")) has no name") }
        switch sigil {
        case .partial, .layout:
            if name.first == "*" {
                throw failure("\(sigil.written(name)): names of templates cannot come from the data")
            }
            if Name.isPath(name) { return name }
            throw failure("'\(name)' cannot name a template: write its path below the folder, such as partials/card")
        case .block:
            if Name.isBlock(name) { return name }
        case .close:
            return name
        default:
            if Name.isReference(name) { return name }
        }
        throw failure("'\(name)' is not a name: letters, digits, _ and - , the first a letter, joined by dots")
    }

    private static func trimmed(_ content: ArraySlice<UInt8>) -> String {
        let end = content.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? content.startIndex
        return String(decoding: content[..<end].drop(while: \.isWhitespace), as: UTF8.self)
    }

    private func isAt(_ sign: String, _ index: Int? = nil) -> Bool {
        source[min(index ?? position, source.count)...].starts(with: sign.utf8)
    }

    private func failure(_ reason: String) -> TemplateFailure {
        Place(file: file, line: line).failure(reason)
    }
}
