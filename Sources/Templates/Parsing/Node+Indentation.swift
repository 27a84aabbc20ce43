/// Moving lines to the right or left as a whole, as the specification asks for standalone partials and for blocks.
extension [Node] {
    /// The white space before the first line, if these nodes begin at the beginning of one.
    var firstMargin: [UInt8]? {
        switch first {
        case .margin(let bytes): bytes
        case .block(let block) where block.isStandalone: block.indent
        case .partial(let partial): partial.indent
        case .layout(let layout): layout.indent
        case .section(let section): section.body.firstMargin
        default: nil
        }
    }

    /// Puts `indent` before every line that shows something.
    func indented(by indent: [UInt8]) -> [Node] {
        indent.isEmpty ? self : mapMargins { indent + $0 }
    }

    /// Takes `indent` away from every line, as far as the line begins with it.
    func dedented(by indent: [UInt8]) -> [Node] {
        indent.isEmpty ? self : mapMargins { [UInt8]($0.dropFirst(zip($0, indent).prefix { $0 == $1 }.count)) }
    }

    fileprivate func mapMargins(_ change: ([UInt8]) -> [UInt8]) -> [Node] {
        map { node in
            switch node {
            case .margin(let bytes): return .margin(change(bytes))
            case .text, .value: return node
            case .section(var section):
                section.body = section.body.mapMargins(change)
                return .section(section)
            case .partial(var partial):
                partial.indent = partial.indent.map(change)
                return .partial(partial)
            case .layout(var layout):
                layout.indent = layout.indent.map(change)
                layout.blocks = layout.blocks.map { $0.mapMargins(change) }
                return .layout(layout)
            case .block(let block): return .block(block.mapMargins(change))
            }
        }
    }
}

extension Node.Block {
    fileprivate func mapMargins(_ change: ([UInt8]) -> [UInt8]) -> Node.Block {
        var block = self
        block.indent = change(indent)
        block.body = body.mapMargins(change)
        return block
    }
}
