/// The steps of the reader, one byte at a time, after the HTML Standard's tokenizer.
extension Markup {
    mutating func read(_ byte: UInt8, _ place: Place) throws(TemplateFailure) {
        switch state {
        case .text: if byte == UInt8(ascii: "<") { state = .tagOpen }
        case .textOnly, .raw: readContent(byte)
        case .tagOpen: readTagOpen(byte)
        case .tagName, .endTag: try readName(byte, place)
        case .betweenAttributes, .afterAttribute, .attributeName, .afterAttributeName:
            try readAttributes(byte, place)
        case .beforeValue, .unquoted: try readValueStart(byte, place)
        case .quoted(let quote):
            if byte == quote { state = .afterAttribute } else { address?.append(byte) }
        case .declaration, .comment, .characterData, .instruction: readDeclaration(byte)
        }
    }

    private mutating func readTagOpen(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "/"): state = .endTag
        case UInt8(ascii: "!"): (state, recent) = (.declaration, "")
        case UInt8(ascii: "?"): state = .instruction
        case UInt8(ascii: "<"): break
        case _ where byte.isLetter:
            (state, element) = (.tagName, byte.lowercased)
            (isHeader, showsValue) = (false, false)
        default: state = .text
        }
    }

    private mutating func readName(_ byte: UInt8, _ place: Place) throws(TemplateFailure) {
        switch byte {
        case UInt8(ascii: ">") where state == .endTag: state = .text
        case _ where state == .endTag: break
        case UInt8(ascii: ">"): try endTagStart(place)
        case UInt8(ascii: "/"): state = .betweenAttributes
        case _ where byte.isWhitespace: state = .betweenAttributes
        default: element += byte.lowercased
        }
    }

    private mutating func readAttributes(_ byte: UInt8, _ place: Place) throws(TemplateFailure) {
        switch byte {
        case UInt8(ascii: ">"): try endTagStart(place)
        case UInt8(ascii: "/"): state = .betweenAttributes
        case _ where byte.isWhitespace:
            state = state == .attributeName || state == .afterAttributeName ? .afterAttributeName : .betweenAttributes
        case UInt8(ascii: "=") where state == .attributeName || state == .afterAttributeName: state = .beforeValue
        case UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"):
            throw place.failure("\(byte.character) does not belong here, among the attributes of <\(element)>")
        case _ where state == .afterAttribute:
            throw place.failure("a space is missing before \(byte.character), among the attributes of <\(element)>")
        case _ where state == .attributeName: attribute += byte.lowercased
        default: (state, attribute) = (.attributeName, byte.lowercased)
        }
        if attribute == "http-equiv", element == "meta" { isHeader = true }
    }

    private mutating func readValueStart(_ byte: UInt8, _ place: Place) throws(TemplateFailure) {
        switch byte {
        case UInt8(ascii: ">"): try endTagStart(place)
        case _ where byte.isWhitespace:
            if state == .unquoted { state = .betweenAttributes }
        case UInt8(ascii: "\"") where state == .beforeValue, UInt8(ascii: "'") where state == .beforeValue:
            state = .quoted(by: byte)
            address = Attributes.isAddress(attribute, of: element, language) ? .literal([]) : nil
        default: state = .unquoted
        }
    }

    /// After the `>` of a start tag: on to what the element holds.
    private mutating func endTagStart(_ place: Place) throws(TemplateFailure) {
        if isHeader, showsValue {
            throw place.failure("no tag may stand in a <meta http-equiv>: it acts like an HTTP header")
        }
        recent = ""
        guard language == .html else { return state = .text }
        state = Attributes.raw.contains(element) ? .raw : Attributes.textOnly.contains(element) ? .textOnly : .text
    }

    /// Inside an element without markup: only its own end tag ends it.
    private mutating func readContent(_ byte: UInt8) {
        let ending = "</" + element
        if recent == ending, byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte.isWhitespace {
            state = byte == UInt8(ascii: ">") ? .text : .endTag
        } else if byte == UInt8(ascii: "<") {
            recent = "<"
        } else if !recent.isEmpty {
            recent += byte.lowercased
            if !ending.hasPrefix(recent) { recent = "" }
        }
    }

    private mutating func readDeclaration(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") {
            switch state {
            case .comment where !recent.hasSuffix("--"): break
            case .characterData where !recent.hasSuffix("]]"): break
            default: state = .text
            }
        }
        recent = String((recent + byte.character).suffix(7))
        if state == .declaration, recent == "--" { (state, recent) = (.comment, "") }
        if state == .declaration, recent == "[CDATA[" { (state, recent) = (.characterData, "") }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// As text; bytes above ASCII all look alike, which is enough to compare with ASCII names.
    fileprivate var character: String {
        self < 0x80 ? String(UnicodeScalar(self)) : "?"
    }

    fileprivate var lowercased: String { character.lowercased() }
}
