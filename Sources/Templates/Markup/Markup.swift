/// Follows a template's own text through HTML or XML, to know at each tag what kind of place it stands in.
///
/// A strict reader of what people write, not a parser of what browsers accept: what it cannot follow safely (an attribute
/// without quotes around a tag, a section that opens a tag and leaves it open) is refused.
struct Markup {
    enum State: Equatable {
        case text, textOnly, raw
        case tagOpen, tagName, endTag
        case betweenAttributes, attributeName, afterAttributeName, beforeValue, unquoted
        /// A space, `/` or `>` must follow.
        case afterAttribute
        case quoted(by: UInt8)
        case declaration, comment, characterData, instruction
    }

    let language: Language
    var state = State.text
    var element = ""
    var attribute = ""
    /// Set inside a quoted attribute that holds an address.
    var address: Address?
    /// What has been read since `<!`, or since `<` in an element without markup.
    var recent = ""
    /// Of a `<meta>`: it acts like an HTTP header, and it shows a value.
    var (isHeader, showsValue) = (false, false)
    /// Where the tag, comment or element that is open began.
    var opened: Place?

    init(language: Language) {
        self.language = language
    }

    /// Reads literal text of the template.
    mutating func read(_ bytes: [UInt8], _ place: Place) throws(TemplateFailure) {
        guard language != .plain else { return }
        for byte in bytes {
            if state == .text, byte == UInt8(ascii: "<") { opened = place }
            try read(byte, place)
        }
    }

    /// Refuses a template that ends within a tag or a comment.
    func finish() throws(TemplateFailure) {
        guard state != .text, let opened else { return }
        throw opened.failure("what begins here is still open at the end of the template (\(description))")
    }

    /// What can be said of a place that two ways through a section reach; nil if they do not fit together.
    func joined(with other: Markup) -> Markup? {
        var joined = self
        joined.isHeader = isHeader || other.isHeader
        joined.showsValue = showsValue || other.showsValue
        switch (state, other.state) {
        case (.betweenAttributes, .afterAttribute), (.afterAttribute, .betweenAttributes):
            joined.state = .afterAttribute
        case (.quoted, .quoted) where state == other.state && attribute == other.attribute:
            if let address, let further = other.address { joined.address = address.joined(with: further) }
        default:
            guard state == other.state else { return nil }
        }
        return element == other.element || state == .text ? joined : nil
    }

    /// The state in words, for failures.
    var description: String {
        switch state {
        case .text: "between elements"
        case .textOnly, .raw: "in <\(element)>"
        case .tagOpen, .tagName: "in the name of an element"
        case .endTag: "in an end tag"
        case .betweenAttributes, .attributeName, .afterAttributeName, .afterAttribute:
            "among the attributes of <\(element)>"
        case .beforeValue, .unquoted: "in the attribute \(attribute), which has no quotes"
        case .quoted: "in the attribute \(attribute)=\"\""
        case .declaration, .instruction: "in a declaration"
        case .comment: "in an HTML comment"
        case .characterData: "in a CDATA section"
        }
    }
}
