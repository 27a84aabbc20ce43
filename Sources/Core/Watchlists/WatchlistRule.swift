/// What a watchlist does with clips made for a platform's short feed.
package enum ShortsRule: String, Sendable, Hashable, CaseIterable, Codable {
    case include, exclude, only
}

/// Which posts a watchlist takes. Stored as JSON: a key that is missing means its default.
package struct WatchlistRule: Sendable, Hashable {
    /// Any of these; none means every post.
    package private(set) var keywords: [String] = []
    /// All of these.
    package private(set) var mustWords: [String] = []
    /// None of these.
    package private(set) var exclusions: [String] = []
    /// Only these; none means all.
    package private(set) var platforms: Set<Platform> = []
    package private(set) var minimumViews: Int64?
    /// BCP 47 language, compared by its first part: "en" takes "en-GB". Posts of unknown language are taken.
    package private(set) var language: String?
    /// Hours since publication; a post of unknown age is taken.
    package private(set) var maximumAgeHours: Int?
    /// Seconds; a post without a length is taken.
    package private(set) var minimumDuration: Int64?
    package private(set) var maximumDuration: Int64?
    package private(set) var shorts: ShortsRule = .include

    /// A hundred years.
    package static let longestAgeHours = 876_600

    /// Takes every post.
    package static let everything = WatchlistRule(unchecked: ())

    private init(unchecked: Void) {}

    /// At most 100 words of each kind, each 1–100 characters after trimming; bounds at least 0 and in order.
    package init(
        keywords: [String] = [], mustWords: [String] = [], exclusions: [String] = [], platforms: Set<Platform> = [],
        limits: Limits = Limits()
    ) throws(ValidationError) {
        self.keywords = try WatchlistRule.words(keywords, "keywords")
        self.mustWords = try WatchlistRule.words(mustWords, "must_words")
        self.exclusions = try WatchlistRule.words(exclusions, "exclusions")
        self.platforms = platforms
        try limits.validate()
        (minimumViews, language, maximumAgeHours) = (limits.minimumViews, limits.language, limits.maximumAgeHours)
        (minimumDuration, maximumDuration) = (limits.minimumDuration, limits.maximumDuration)
        shorts = limits.shorts
    }

    /// The parts of a rule that are not words.
    package struct Limits: Sendable {
        package var minimumViews: Int64?
        package var language: String?
        package var maximumAgeHours: Int?
        package var minimumDuration: Int64?
        package var maximumDuration: Int64?
        package var shorts: ShortsRule = .include

        package init() {}

        fileprivate func validate() throws(ValidationError) {
            let bounds = [
                ("minimum_views", minimumViews), ("maximum_age_hours", maximumAgeHours.map(Int64.init)),
                ("minimum_duration", minimumDuration), ("maximum_duration", maximumDuration),
            ]
            for case (let field, let value?) in bounds where value < 0 {
                throw .outOfRange(field: field, allowed: "at least 0")
            }
            if let maximumAgeHours, maximumAgeHours > WatchlistRule.longestAgeHours {
                throw .outOfRange(field: "maximum_age_hours", allowed: "at most \(WatchlistRule.longestAgeHours)")
            }
            if let minimumDuration, let maximumDuration, minimumDuration > maximumDuration {
                throw ValidationError(field: "minimum_duration", rule: "must not be above maximum_duration")
            }
            if let language, !(2...35).contains(language.utf8.count) {
                throw ValidationError(field: "language", rule: "must be a language tag such as en or pt-BR")
            }
        }
    }

    private static func words(_ words: [String], _ field: String) throws(ValidationError) -> [String] {
        guard words.count <= 100 else { throw .outOfRange(field: field, allowed: "at most 100 words or phrases") }
        var trimmed: [String] = []
        for word in words {
            let word = word.trimmed
            guard (1...100).contains(word.count) else {
                throw .outOfRange(field: field, allowed: "words or phrases of 1–100 characters")
            }
            if !trimmed.contains(word) { trimmed.append(word) }
        }
        return trimmed
    }
}

extension WatchlistRule: Codable {
    private enum CodingKeys: String, CodingKey {
        case keywords, exclusions, platforms, language, shorts
        case mustWords = "must_words"
        case minimumViews = "minimum_views"
        case maximumAgeHours = "maximum_age_hours"
        case minimumDuration = "minimum_duration"
        case maximumDuration = "maximum_duration"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func list(_ key: CodingKeys) throws -> [String] { try values.decodeIfPresent([String].self, forKey: key) ?? [] }
        var limits = Limits()
        limits.minimumViews = try values.decodeIfPresent(Int64.self, forKey: .minimumViews)
        limits.language = try values.decodeIfPresent(String.self, forKey: .language)
        limits.maximumAgeHours = try values.decodeIfPresent(Int.self, forKey: .maximumAgeHours)
        limits.minimumDuration = try values.decodeIfPresent(Int64.self, forKey: .minimumDuration)
        limits.maximumDuration = try values.decodeIfPresent(Int64.self, forKey: .maximumDuration)
        limits.shorts = try values.decodeIfPresent(ShortsRule.self, forKey: .shorts) ?? .include
        let platforms = try list(.platforms).compactMap(Platform.init(rawValue:))
        try self.init(
            keywords: try list(.keywords), mustWords: try list(.mustWords), exclusions: try list(.exclusions),
            platforms: Set(platforms), limits: limits)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        if !keywords.isEmpty { try values.encode(keywords, forKey: .keywords) }
        if !mustWords.isEmpty { try values.encode(mustWords, forKey: .mustWords) }
        if !exclusions.isEmpty { try values.encode(exclusions, forKey: .exclusions) }
        if !platforms.isEmpty { try values.encode(platforms.map(\.rawValue).sorted(), forKey: .platforms) }
        try values.encodeIfPresent(minimumViews, forKey: .minimumViews)
        try values.encodeIfPresent(language, forKey: .language)
        try values.encodeIfPresent(maximumAgeHours, forKey: .maximumAgeHours)
        try values.encodeIfPresent(minimumDuration, forKey: .minimumDuration)
        try values.encodeIfPresent(maximumDuration, forKey: .maximumDuration)
        if shorts != .include { try values.encode(shorts, forKey: .shorts) }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
        return String(self[start..<end])
    }
}
