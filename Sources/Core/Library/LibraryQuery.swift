/// What a user wrote into the search box: every term must hold, and none of the excluded ones.
///
/// Words match whole words whatever their case and diacritics, as in watchlists; a phrase in quotes matches its words side
/// by side, `word*` the beginning of a word, `#word` a hashtag or tag. `key:value` names the rest. Terms with the same key
/// of `kind`, `status`, `platform`, `from` and `in` widen each other; all others narrow. `-` before a term excludes.
package struct LibraryQuery: Sendable, Hashable {
    package private(set) var terms: [Term] = []

    package static let longest = 300
    package static let mostTerms = 30

    package init() {}

    package struct Term: Sendable, Hashable {
        package var isExcluded = false
        package let condition: Condition

        package init(_ condition: Condition, isExcluded: Bool = false) {
            (self.condition, self.isExcluded) = (condition, isExcluded)
        }
    }

    package enum Condition: Sendable, Hashable {
        /// A word, or words side by side.
        case words(String)
        case beginning(String)
        case hashtag(String)
        case trait(Key, LibraryTrait)
        case platform(Platform)
        case tag(String)
        case from(String)
        /// By the collection's name.
        case collection(String)
        /// Days of UTC: at or after the beginning of the first, before the beginning of the second.
        case after(CivilTime)
        case before(CivilTime)
    }

    package enum Key: String, Sendable, Hashable, CaseIterable {
        case `is`, kind, status, platform, tag, from, `in`, after, before

        /// Whether terms with this key widen each other.
        var widens: Bool { [.kind, .status, .platform, .from, .in].contains(self) }
    }

    package var isEmpty: Bool { terms.isEmpty }

    package mutating func add(_ condition: Condition, isExcluded: Bool = false) {
        terms.append(Term(condition, isExcluded: isExcluded))
    }

    /// The query without the term, or with it at its end.
    package func toggling(_ term: Term) -> LibraryQuery {
        var query = self
        if terms.contains(term) { query.terms.removeAll { $0 == term } } else { query.terms.append(term) }
        return query
    }

    /// Names of the collections that it mentions.
    package var collectionNames: Set<String> {
        Set(terms.compactMap { if case .collection(let name) = $0.condition { name } else { nil } })
    }

    /// Whether any term looks at titles and texts.
    package var readsTexts: Bool { terms.contains { $0.condition.key == nil } }

    /// Whether any term looks at tags, hashtags or authors.
    package var readsNames: Bool {
        terms.contains { term in
            switch term.condition {
            case .words, .beginning, .hashtag, .tag, .from: true
            default: false
            }
        }
    }

    /// Whether it asks for hidden trends.
    package var wantsHidden: Bool {
        terms.contains { term in
            if case .trait(_, .hidden) = term.condition { !term.isExcluded } else { false }
        }
    }

    /// As a user would write it; parsing this text gives an equal query.
    package var text: String { terms.map(\.text).joined(separator: " ") }
}

extension LibraryQuery.Condition {
    /// `nil` for words and hashtags.
    package var key: LibraryQuery.Key? {
        switch self {
        case .words, .beginning, .hashtag: nil
        case .trait(let key, _): key
        case .platform: .platform
        case .tag: .tag
        case .from: .from
        case .collection: .in
        case .after: .after
        case .before: .before
        }
    }

    private var value: String {
        switch self {
        case .words(let text), .tag(let text), .from(let text), .collection(let text): text
        case .beginning(let text): text + "*"
        case .hashtag(let text): "#" + text
        case .trait(_, let trait): trait.rawValue
        case .platform(let platform): platform.rawValue
        case .after(let day), .before(let day): day.dayText
        }
    }

    fileprivate var text: String {
        guard let key else {
            if case .words(let words) = self { return words.quoted(always: !LibraryQueryParser.isPlainWord(words)) }
            return value
        }
        return key.rawValue + ":" + value.quoted(always: false)
    }
}

extension LibraryQuery.Term {
    package var text: String { (isExcluded ? "-" : "") + condition.text }
}

extension CivilTime {
    /// `2026-01-31`.
    fileprivate var dayText: String {
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))"
    }
}

extension String {
    /// In quotes where a query would otherwise break it, with quotes of its own doubled.
    fileprivate func quoted(always: Bool) -> String {
        guard always || unicodeScalars.contains(where: { $0.isSpace || $0 == "\"" }) else { return self }
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars { text.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar]) }
        return "\"\(String(text))\""
    }
}
