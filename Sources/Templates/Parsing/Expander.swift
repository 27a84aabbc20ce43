/// Puts partials and layouts in where they are named.
///
/// A partial sees the same fields as the tag that names it. A block given to a layout is shown with the fields of the
/// place in the layout where it lands; if several templates of a chain give the same block, the outermost one's wins.
struct Expander {
    /// What is put in at a place: which templates are open there, and what replaces their blocks.
    private struct Surroundings {
        var file: String
        /// Names of the open templates, the innermost last.
        var open: [String]
        var usedBy: [String] = []
        var given: [String: Given] = [:]

        func place(_ line: Int) -> Place { Place(file: file, line: line, usedBy: usedBy) }
    }

    /// A block that replaces another, and where it was written: its own tags mean what they mean there.
    private struct Given {
        let body: [Node]
        let surroundings: Surroundings
    }

    let sources: [String: TemplateSource]

    func pieces(of name: String) throws(TemplateFailure) -> [Piece] {
        guard let source = sources[name] else { return [] }
        return try pieces(of: source.nodes, in: Surroundings(file: source.file, open: [name]))
    }

    private func pieces(of nodes: [Node], in here: Surroundings) throws(TemplateFailure) -> [Piece] {
        var result: [Piece] = []
        for node in nodes {
            switch node {
            case .margin(let bytes): result.append(.literal(bytes, here.place(0)))
            case .text(let bytes, let line): result.append(.literal(bytes, here.place(line)))
            case .value(let name, let isRaw, let line):
                result.append(.value(name: name, isRaw: isRaw, here.place(line)))
            case .section(let section):
                let body = try pieces(of: section.body, in: here)
                result.append(
                    .section(name: section.name, isInverted: section.isInverted, body, here.place(section.line)))
            case .partial(let partial):
                let place = here.place(partial.line)
                result += try template(partial.name, indent: partial.indent, given: here.given, in: here, place)
            case .layout(let layout): result += try pieces(of: layout, in: here)
            case .block(let block): result += try pieces(of: block, in: here)
            }
        }
        return result
    }

    private func pieces(of layout: Node.Layout, in here: Surroundings) throws(TemplateFailure) -> [Piece] {
        let known = Blocks(sources: sources).names(of: layout.name)
        var given = here.given
        for block in layout.blocks {
            guard known.contains(block.name) || sources[layout.name] == nil else {
                let list = known.isEmpty ? "no blocks" : "these blocks: \(known.sorted().joined(separator: ", "))"
                throw here.place(block.line).failure("{{$\(block.name)}} is unknown; \(layout.name) has \(list)")
            }
            guard given[block.name] == nil else { continue }
            let margin = block.isStandalone ? block.body.firstMargin ?? [] : []
            given[block.name] = Given(body: block.body.dedented(by: margin), surroundings: here)
        }
        return try template(layout.name, indent: layout.indent, given: given, in: here, here.place(layout.line))
    }

    private func pieces(of block: Node.Block, in here: Surroundings) throws(TemplateFailure) -> [Piece] {
        guard let given = here.given[block.name] else { return try pieces(of: block.body, in: here) }
        guard !block.isStandalone else {
            let margin = block.body.firstMargin ?? block.indent
            return try pieces(of: given.body.indented(by: margin), in: given.surroundings)
        }
        var body = given.body.indented(by: block.indent)
        if case .margin = body.first { body.removeFirst() }
        return try pieces(of: body, in: given.surroundings)
    }

    private func template(
        _ name: String, indent: [UInt8]?, given: [String: Given], in here: Surroundings, _ place: Place
    ) throws(TemplateFailure) -> [Piece] {
        guard let source = sources[name] else { throw unknown(name, place) }
        guard !here.open.contains(name) else {
            let circle = (here.open + [name]).drop { $0 != name }.joined(separator: " → ")
            throw place.failure("a template cannot contain itself: \(circle)")
        }
        let usedBy = ["\(place.file):\(place.line)"] + place.usedBy
        let inside = Surroundings(file: source.file, open: here.open + [name], usedBy: usedBy, given: given)
        return try pieces(of: source.nodes.indented(by: indent ?? []), in: inside)
    }

    private func unknown(_ name: String, _ place: Place) -> TemplateFailure {
        place.failure("there is no template '\(name)'; there are: \(sources.keys.sorted().joined(separator: ", "))")
    }
}

/// The blocks that can be replaced in a template: its own, and those of what it contains.
private struct Blocks {
    let sources: [String: TemplateSource]

    func names(of template: String) -> Set<String> {
        var (names, seen): (Set<String>, Set<String>) = ([], [])
        collect(template, &names, &seen)
        return names
    }

    private func collect(_ template: String, _ names: inout Set<String>, _ seen: inout Set<String>) {
        guard seen.insert(template).inserted, let source = sources[template] else { return }
        collect(source.nodes, &names, &seen)
    }

    private func collect(_ nodes: [Node], _ names: inout Set<String>, _ seen: inout Set<String>) {
        for node in nodes {
            switch node {
            case .margin, .text, .value: break
            case .section(let section): collect(section.body, &names, &seen)
            case .partial(let partial): collect(partial.name, &names, &seen)
            case .block(let block):
                names.insert(block.name)
                collect(block.body, &names, &seen)
            case .layout(let layout):
                collect(layout.name, &names, &seen)
                for block in layout.blocks { collect(block.body, &names, &seen) }
            }
        }
    }
}
