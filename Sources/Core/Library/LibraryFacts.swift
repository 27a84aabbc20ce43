/// What queries can know of one thing.
package struct LibraryFacts: Sendable {
    package var traits: [LibraryTrait]
    package var tags: [String] = []
    /// When a post was published, or came to the list; when a board was last written.
    package var date: Instant
    package var platform: Platform?
    package var author: String?
    package var hashtags: [String] = []
    /// Titles and texts; only looked at by queries that read texts.
    package var texts: [String] = []
    /// Names of the collections that hold it, as `LibraryCollection.key` makes them.
    package var collections: Set<String> = []

    package init(traits: [LibraryTrait], date: Instant) {
        (self.traits, self.date) = (traits, date)
    }
}

/// A query made ready to look at many things.
package struct LibraryMatcher: Sendable {
    /// Groups of which one must hold; cheap ones first.
    private let wanted: [[Test]]
    private let unwanted: [Test]

    package init(_ query: LibraryQuery) {
        var groups: [LibraryQuery.Key: [Test]] = [:]
        var single: [[Test]] = []
        for term in query.terms where !term.isExcluded {
            guard let key = term.condition.key, key.widens else {
                single.append([Test(term.condition)])
                continue
            }
            groups[key, default: []].append(Test(term.condition))
        }
        wanted = (Array(groups.values) + single).sorted { !$0[0].readsTexts && $1[0].readsTexts }
        unwanted = query.terms.filter(\.isExcluded).map { Test($0.condition) }
            .sorted { !$0.readsTexts && $1.readsTexts }
    }

    package func matches(_ facts: LibraryFacts) -> Bool {
        var text: FoldedText?
        func holds(_ test: Test) -> Bool {
            if test.readsTexts, text == nil { text = facts.folded }
            return test.holds(facts, text)
        }
        return wanted.allSatisfy { $0.contains(where: holds) } && !unwanted.contains(where: holds)
    }

    /// A condition with its words folded once.
    private enum Test {
        case words(FoldedText)
        case beginning(FoldedText)
        case hashtag(FoldedText)
        case author(FoldedText)
        case tag(String)
        case collection(String)
        case trait(LibraryTrait)
        case platform(Platform)
        case from(Instant)
        case before(Instant)

        init(_ condition: LibraryQuery.Condition) {
            switch condition {
            case .words(let text): self = .words(FoldedText(text))
            case .beginning(let text): self = .beginning(FoldedText(text))
            case .hashtag(let text): self = .hashtag(FoldedText(text))
            case .from(let text): self = .author(FoldedText(text))
            case .tag(let text): self = .tag(text.lowercased())
            case .collection(let name): self = .collection(LibraryCollection.key(name))
            case .trait(_, let trait): self = .trait(trait)
            case .platform(let platform): self = .platform(platform)
            case .after(let day): self = .from(day.instant)
            case .before(let day): self = .before(day.instant)
            }
        }

        var readsTexts: Bool {
            switch self {
            case .words, .beginning: true
            default: false
            }
        }

        func holds(_ facts: LibraryFacts, _ text: FoldedText?) -> Bool {
            switch self {
            case .words(let words): text?.contains(words) ?? false
            case .beginning(let words): text?.containsBeginning(words) ?? false
            case .hashtag(let tag): (facts.hashtags + facts.tags).contains { FoldedText($0) == tag }
            case .author(let words): facts.author.map { FoldedText($0).contains(words) } ?? false
            case .tag(let tag): facts.tags.contains { $0.lowercased() == tag }
            case .collection(let key): facts.collections.contains(key)
            case .trait(let trait): facts.traits.contains(trait)
            case .platform(let platform): facts.platform == platform
            case .from(let start): facts.date >= start
            case .before(let end): facts.date < end
            }
        }
    }
}

extension LibraryFacts {
    fileprivate var folded: FoldedText {
        var text = FoldedText()
        for part in texts + [author ?? ""] + hashtags + tags { text.append(part) }
        return text
    }
}
