/// Builds the tree of one template; opening and closing tags must match.
struct Parser {
    /// A tag that is open: its token, and what has been read since.
    private struct Open {
        let sigil: Sigil
        let name: String
        let token: Token
        var body: [Node] = []
    }

    private let file: String
    private var open: [Open] = []
    private var nodes: [Node] = []

    /// The tree of a file; `file` is what failures call it.
    static func nodes(of source: [UInt8], file: String) throws(TemplateFailure) -> [Node] {
        var parser = Parser(file: file)
        let tokens = StandaloneLines.applied(to: try Tokenizer.tokens(of: source, file: file))
        for token in tokens { try parser.take(token) }
        if let unclosed = parser.open.last {
            throw parser.failure(unclosed.token, "\(unclosed.sigil.written(unclosed.name)) is never closed")
        }
        return parser.nodes
    }

    private init(file: String) {
        self.file = file
    }

    private mutating func take(_ token: Token) throws(TemplateFailure) {
        switch token.content {
        case .text(let bytes): add(.text(bytes, line: token.line))
        case .margin(let bytes): add(.margin(bytes))
        case .tag(.comment, _): break
        case .tag(.value, let name): add(.value(name: name, isRaw: false, line: token.line))
        case .tag(.raw, let name): add(.value(name: name, isRaw: true, line: token.line))
        case .tag(.partial, let name):
            let indent = token.isStandalone ? token.indent : nil
            add(.partial(Node.Partial(name: name, line: token.line, indent: indent)))
        case .tag(.close, let name): try close(name, token)
        case .tag(let sigil, let name): open.append(Open(sigil: sigil, name: name, token: token))
        }
    }

    private mutating func add(_ node: Node) {
        if open.isEmpty { nodes.append(node) } else { open[open.count - 1].body.append(node) }
    }

    private mutating func close(_ name: String, _ token: Token) throws(TemplateFailure) {
        guard let opened = open.popLast() else { throw failure(token, "{{/\(name)}} closes nothing: no tag is open") }
        guard opened.name == name else {
            let written = opened.sigil.written(opened.name)
            throw failure(token, "{{/\(name)}} does not close \(written) of line \(opened.token.line), which is open")
        }
        add(try node(opened))
    }

    private func node(_ opened: Open) throws(TemplateFailure) -> Node {
        let (name, token, body) = (opened.name, opened.token, opened.body)
        switch opened.sigil {
        case .layout:
            let indent = token.isStandalone ? token.indent : nil
            return .layout(Node.Layout(name: name, line: token.line, indent: indent, blocks: try blocks(in: opened)))
        case .block:
            let indent = token.indent ?? []
            return .block(
                Node.Block(name: name, line: token.line, isStandalone: token.isStandalone, indent: indent, body: body))
        default:
            let isInverted = opened.sigil == .inverted
            return .section(Node.Section(name: name, isInverted: isInverted, line: token.line, body: body))
        }
    }

    /// The specification lets a program ignore what stands beside the blocks; here nothing is lost in silence.
    private func blocks(in opened: Open) throws(TemplateFailure) -> [Node.Block] {
        var blocks: [Node.Block] = []
        for node in opened.body {
            switch node {
            case .margin: continue
            case .text(let bytes, _) where bytes.allSatisfy(\.isWhitespace): continue
            case .block(let block):
                if blocks.contains(where: { $0.name == block.name }) {
                    throw Place(file: file, line: block.line).failure("{{$\(block.name)}} is given twice")
                }
                blocks.append(block)
            default:
                let tag = opened.sigil.written(opened.name)
                throw Place(file: file, line: node.line ?? opened.token.line)
                    .failure("this would never be shown: only blocks, {{$name}}…{{/name}}, may stand inside \(tag)")
            }
        }
        return blocks
    }

    private func failure(_ token: Token, _ reason: String) -> TemplateFailure {
        Place(file: file, line: token.line).failure(reason)
    }
}

extension Node {
    var line: Int? {
        switch self {
        case .margin: nil
        case .text(_, let line), .value(_, _, let line): line
        case .section(let section): section.line
        case .partial(let partial): partial.line
        case .layout(let layout): layout.line
        case .block(let block): block.line
        }
    }
}
