extension LibraryQuery {
    /// Reads what a user wrote; the first thing that breaks a rule is named, as a rule of field `q`.
    package init(_ text: String) throws(ValidationError) {
        guard text.unicodeScalars.count <= LibraryQuery.longest else {
            throw ValidationError(field: "q", rule: "must be at most \(LibraryQuery.longest) characters long")
        }
        var parser = LibraryQueryParser(text)
        while let term = try parser.next() { add(term.condition, isExcluded: term.isExcluded) }
        guard terms.count <= LibraryQuery.mostTerms else {
            throw ValidationError(field: "q", rule: "must have at most \(LibraryQuery.mostTerms) terms")
        }
    }
}

/// Cuts a query into terms. It looks at scalars: a mark after a quote would make one character with it.
struct LibraryQueryParser {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) {
        rest = text[...].unicodeScalars
    }

    /// A word that needs no quotes to be read as itself.
    static func isPlainWord(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, !"-#".unicodeScalars.contains(first), scalars.last != "*" else { return false }
        return !scalars.contains { $0.isSpace || $0 == ":" || $0 == "\"" }
    }

    mutating func next() throws(ValidationError) -> LibraryQuery.Term? {
        rest = rest.drop(while: \.isSpace)
        guard !rest.isEmpty else { return nil }
        let isExcluded = rest.first == "-" && rest.dropFirst().first.map { !$0.isSpace } ?? false
        if isExcluded { rest.removeFirst() }
        return LibraryQuery.Term(try condition(), isExcluded: isExcluded)
    }

    private mutating func condition() throws(ValidationError) -> LibraryQuery.Condition {
        if rest.first == "\"" { return try words(try quoted()) }
        let name = rest.prefix { $0.isASCII && $0.properties.isAlphabetic }
        let after = rest[name.endIndex...]
        if !name.isEmpty, after.first == ":", !after.starts(with: "://".unicodeScalars) {
            rest = after.dropFirst()
            return try keyed(String(name))
        }
        let word = bareWord()
        if word.unicodeScalars.first == "#" { return .hashtag(try meaningful(String(word.unicodeScalars.dropFirst()))) }
        if word.unicodeScalars.last == "*" { return .beginning(try meaningful(String(word.unicodeScalars.dropLast()))) }
        return try words(word)
    }

    private mutating func keyed(_ name: String) throws(ValidationError) -> LibraryQuery.Condition {
        guard let key = LibraryQuery.Key(rawValue: name.lowercased()) else {
            let known = LibraryQuery.Key.allCases.map { $0.rawValue + ":" }.joined(separator: ", ")
            throw Self.wrong("does not know \(name): (it knows \(known)); put it in quotes to look for the text itself")
        }
        let value = rest.first == "\"" ? try quoted() : bareWord()
        guard !value.isEmpty else { throw Self.wrong("needs a value after \(key.rawValue):") }
        switch key {
        case .is: return .trait(key, try choice(value, key, of: LibraryTrait.allCases))
        case .kind: return .trait(key, try choice(value, key, of: LibraryTrait.kinds))
        case .status: return .trait(key, try choice(value, key, of: LibraryTrait.statuses))
        case .platform: return .platform(try choice(value, key, of: Platform.allCases))
        case .tag: return .tag(value)
        case .from: return .from(try meaningful(value))
        case .in: return .collection(value)
        case .after: return .after(try day(value, key))
        case .before: return .before(try day(value, key))
        }
    }

    // MARK: Values

    /// Up to the next quote that stands alone; two side by side are one of the text.
    private mutating func quoted() throws(ValidationError) -> String {
        var text = try upToQuote()
        while rest.first == "\"" { text += "\"" + (try upToQuote()) }
        let scalars = text.unicodeScalars.drop(while: \.isSpace)
        let last = scalars.lastIndex { !$0.isSpace }
        return last.map { String(scalars[...$0]) } ?? ""
    }

    /// What stands between the quote here and the next.
    private mutating func upToQuote() throws(ValidationError) -> String {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "\"") else { throw Self.wrong("has a quote that is not closed") }
        defer { rest = rest[end...].dropFirst() }
        return String(rest[..<end])
    }

    private mutating func bareWord() -> String {
        let word = rest.prefix { !$0.isSpace && $0 != "\"" }
        rest = rest[word.endIndex...]
        return String(word)
    }

    private func words(_ text: String) throws(ValidationError) -> LibraryQuery.Condition {
        .words(try meaningful(text))
    }

    private func meaningful(_ text: String) throws(ValidationError) -> String {
        guard !FoldedText(text).isEmpty else { throw Self.wrong("has no letter or digit to look for in “\(text)”") }
        return text
    }

    private func choice<Value: RawRepresentable<String>>(
        _ text: String, _ key: LibraryQuery.Key, of values: [Value]
    ) throws(ValidationError) -> Value {
        if let value = values.first(where: { $0.rawValue == text.lowercased() }) { return value }
        let names = values.map(\.rawValue).joined(separator: ", ")
        throw Self.wrong("has \(key.rawValue):\(text), which must be one of \(names)")
    }

    private func day(_ text: String, _ key: LibraryQuery.Key) throws(ValidationError) -> CivilTime {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isShaped =
            parts.map(\.utf8.count) == [4, 2, 2]
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        if isShaped, let year = Int64(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) {
            let time = CivilTime(year: year, month: month, day: day)
            if time.isValid { return time }
        }
        throw Self.wrong("has \(key.rawValue):\(text), which must be a day such as 2026-01-31")
    }

    private static func wrong(_ rule: String) -> ValidationError { ValidationError(field: "q", rule: rule) }
}

extension Unicode.Scalar {
    /// What stands between terms.
    var isSpace: Bool { properties.isWhitespace }
}
