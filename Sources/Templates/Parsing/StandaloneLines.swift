/// The white-space rules of the Mustache specification: a line that holds a tag and shows nothing itself disappears.
///
/// One tag alone on its line is such a line, unless it is a value. So are several tags that belong to layouts, such as
/// `{{<layouts/page}}{{$main}}`; but a block that opens and closes within its line stays in it.
enum StandaloneLines {
    /// Marks the tags of disappearing lines, drops their text, and sets off the margin of every other line.
    static func applied(to tokens: [Token]) -> [Token] {
        var result: [Token] = []
        var line: [Token] = []
        for token in tokens {
            line.append(token)
            guard token.endsLine else { continue }
            result += rewritten(line)
            line = []
        }
        return result + rewritten(line)
    }

    private static func rewritten(_ line: [Token]) -> [Token] {
        if line.allSatisfy(\.isBlank) { return line }
        return isStandalone(line) ? bare(line) : withMargin(line)
    }

    private static func isStandalone(_ line: [Token]) -> Bool {
        var tags: [(sigil: Sigil, name: String)] = []
        for token in line {
            if case .tag(let sigil, let name) = token.content {
                tags.append((sigil, name))
            } else if !token.isBlank {
                return false
            }
        }
        if tags.count == 1 { return tags[0].sigil != .value && tags[0].sigil != .raw }
        let blocks = tags.filter { $0.sigil == .block }.map(\.name)
        return tags.allSatisfy { tag in
            switch tag.sigil {
            case .layout, .block, .comment: true
            case .close: !blocks.contains(tag.name)
            default: false
            }
        }
    }

    private static func bare(_ line: [Token]) -> [Token] {
        var tags = line.filter { !$0.isBlank }
        for index in tags.indices { tags[index].isStandalone = true }
        tags[0].indent = margin(of: line)
        return tags
    }

    private static func withMargin(_ line: [Token]) -> [Token] {
        let margin = margin(of: line)
        var rest = line
        if case .text(let bytes) = rest[0].content {
            rest[0].content = .text(Array(bytes.dropFirst(margin.count)))
            if bytes.count == margin.count { rest.removeFirst() }
        }
        if case .tag = rest[0].content { rest[0].indent = margin }
        return [Token(content: .margin(margin), line: line[0].line)] + rest
    }

    private static func margin(of line: [Token]) -> [UInt8] {
        guard case .text(let bytes) = line[0].content else { return [] }
        return Array(bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    }
}
