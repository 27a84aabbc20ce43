/// A piece of a template's source: at most one line of text, or one tag.
struct Token: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        case text([UInt8])
        /// The white space at the beginning of a line that shows something.
        case margin([UInt8])
        case tag(Sigil, name: String)
    }

    var content: Content
    let line: Int
    /// For a tag: the white space before it, if nothing else stands before it on its line.
    var indent: [UInt8]?
    /// For a tag: its line holds nothing that is shown, and disappears.
    var isStandalone = false

    /// White space and line ends only.
    var isBlank: Bool {
        guard case .text(let bytes) = content else { return false }
        return bytes.allSatisfy(\.isWhitespace)
    }

    var endsLine: Bool {
        guard case .text(let bytes) = content else { return false }
        return bytes.last == UInt8(ascii: "\n")
    }
}

/// What the sign after `{{` makes of a tag.
enum Sigil: Sendable, Equatable {
    case value, raw, section, inverted, close, partial, layout, block, comment

    /// The tag as it is written, for failures.
    func written(_ name: String) -> String {
        switch self {
        case .value: "{{\(name)}}"
        case .raw: "{{{\(name)}}}"
        case .section: "{{#\(name)}}"
        case .inverted: "{{^\(name)}}"
        case .close: "{{/\(name)}}"
        case .partial: "{{>\(name)}}"
        case .layout: "{{<\(name)}}"
        case .block: "{{$\(name)}}"
        case .comment: "{{!}}"
        }
    }
}

extension UInt8 {
    /// Space, tab, LF or CR.
    var isWhitespace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
            || self == UInt8(ascii: "\r")
    }
}
