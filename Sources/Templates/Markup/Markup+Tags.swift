/// What the tags of a template do to the reader.
extension Markup {
    /// The kind of place at which a value tag stands; refuses one where no value is safe.
    mutating func spot(of tag: String, _ place: Place) throws(TemplateFailure) -> Spot {
        guard language != .plain else { return .plain }
        recent = ""
        switch state {
        case .text: return .text
        case .textOnly: return .textOnly
        case .quoted:
            if let refusal = Attributes.refusal(of: attribute, of: element) {
                throw place.failure("\(tag) stands \(description): \(refusal)")
            }
            if element == "meta", attribute == "content" { showsValue = true }
            guard let address else { return .attribute }
            self.address?.appendValue()
            return .address(address.part, loadsCode: Attributes.loadsCode(element))
        case .beforeValue, .unquoted:
            throw place.failure("\(tag) stands \(description): write \(attribute)=\"\(tag)\"")
        case .betweenAttributes, .attributeName, .afterAttributeName, .afterAttribute:
            throw place.failure("\(tag) stands \(description): write name=\"\(tag)\"")
        case .raw, .tagOpen, .tagName, .endTag, .declaration, .comment, .characterData, .instruction:
            throw place.failure("\(tag) stands \(description), where nothing can be shown safely")
        }
    }

    /// Before and after the body of a section, which may be left out or repeated: no name or value may run across.
    mutating func boundary(of tag: String, _ place: Place) throws(TemplateFailure) {
        switch state {
        case .text, .textOnly, .quoted, .betweenAttributes, .afterAttribute: return
        case .tagName, .attributeName: state = .afterAttribute
        case .afterAttributeName: state = .betweenAttributes
        case .beforeValue, .unquoted:
            throw place.failure("\(tag) stands \(description): put the value in quotes")
        case .raw, .tagOpen, .endTag, .declaration, .comment, .characterData, .instruction:
            throw place.failure("\(tag) stands \(description), where no section may begin or end")
        }
    }
}
