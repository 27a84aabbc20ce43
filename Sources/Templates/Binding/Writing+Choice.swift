/// A value tag, and all that decides how its value is written.
struct ValueTag {
    let name: String
    let isRaw: Bool
    let kind: FieldKind
    let language: Language

    /// How the value is written at `spot`, or why it may not stand there.
    func writing(at spot: Spot, _ place: Place) throws(TemplateFailure) -> Writing {
        if kind.isHTML { return try htmlWriting(at: spot, place) }
        if isRaw { throw place.failure("'\(name)' is \(kind.noun), not HTML: write {{\(name)}}") }
        switch spot {
        case .plain: return .plain
        case .text, .textOnly, .attribute: return markup
        case .address(let part, let loadsCode): return try addressWriting(part, loadsCode, place)
        }
    }

    private var markup: Writing { language == .xml ? .xml : .markup }

    private func htmlWriting(at spot: Spot, _ place: Place) throws(TemplateFailure) -> Writing {
        switch (language, spot) {
        case (.plain, _): throw place.failure("'\(name)' is HTML, which a text template cannot show")
        case (.xml, .text) where !isRaw: return .xml
        case (.xml, .text):
            throw place.failure("'\(name)' is HTML, not XML: write {{\(name)}} in an element with type=\"html\"")
        case (.html, .text) where isRaw: return .html
        case (.html, .text): throw place.failure("'\(name)' is HTML: write {{{\(name)}}}")
        default: throw place.failure("'\(name)' is HTML: it may stand between elements, not within a tag or <title>")
        }
    }

    private func addressWriting(
        _ part: Address.Part, _ loadsCode: Bool, _ place: Place
    ) throws(TemplateFailure) -> Writing {
        switch part {
        case .rest: return .percent
        case .beginning, .unsure:
            if kind.isLink { return loadsCode ? .ownAddress : markup }
            throw place.failure(
                "'\(name)' is \(kind.noun): an address begins with a link field, or with text such as /trends/")
        case .afterUnsafe:
            throw place.failure(
                "'\(name)' follows the beginning of an address that is not safe: begin with /, ?, #, mailto: or "
                    + "https://host/")
        }
    }
}
