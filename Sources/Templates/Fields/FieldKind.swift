/// What a field holds, and so how a template may use it.
enum FieldKind: Sendable {
    case text, number, html, link
    case optionalText, optionalHTML, optionalLink
    case flag
    case one, optional, list, texts

    /// The kind as a sentence needs it: "'cards' is a list".
    var noun: String {
        switch self {
        case .text: "text"
        case .number: "a number"
        case .html: "HTML"
        case .link: "a link"
        case .optionalText: "text that may be absent"
        case .optionalHTML: "HTML that may be absent"
        case .optionalLink: "a link that may be absent"
        case .flag: "a flag"
        case .one: "a group of fields"
        case .optional: "a group of fields that may be absent"
        case .list, .texts: "a list"
        }
    }

    /// Text, numbers, HTML and links, absent or not: what stands in `{{name}}` or `{{{name}}}`.
    var isValue: Bool {
        switch self {
        case .text, .number, .html, .link, .optionalText, .optionalHTML, .optionalLink: true
        case .flag, .one, .optional, .list, .texts: false
        }
    }

    /// May be shown only inside its own section.
    var mayBeAbsent: Bool {
        switch self {
        case .optionalText, .optionalHTML, .optionalLink, .optional: true
        default: false
        }
    }

    var isHTML: Bool { self == .html || self == .optionalHTML }

    var isLink: Bool { self == .link || self == .optionalLink }

    /// A section of it may be shown more than once.
    var repeats: Bool { self == .list || self == .texts }
}
