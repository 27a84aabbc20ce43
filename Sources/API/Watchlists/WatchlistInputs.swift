import Core

/// A whole watchlist, as it shall be from now on.
struct WatchlistInput: Input {
    let draft: WatchlistDraft?

    init(_ reader: inout InputReader) {
        let name = reader.required("name", .text(WatchlistDraft.nameLength), "What it is called.")
        let rule = reader.watchlistRule()
        draft = reader.checked { () throws(ValidationError) in
            try WatchlistDraft(name: name, rule: rule ?? .everything)
        }
    }
}

struct WatchlistSaveInput: Input {
    let id: WatchlistID
    let draft: WatchlistDraft?

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        draft = WatchlistInput(&reader).draft
    }
}

struct WatchlistIDInput: Input {
    let id: WatchlistID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}

struct WatchlistPreviewInput: Input {
    let rule: WatchlistRule?

    init(_ reader: inout InputReader) {
        // The editor sends its whole form; the name does not matter here.
        _ = reader.optional("name", .text(0...WatchlistDraft.nameLength.upperBound), "Not looked at.")
        _ = reader.optional("id", .text(0...36), "Not looked at.")
        rule = reader.watchlistRule()
    }
}

extension InputReader {
    /// The fields of a rule. Words come as a list, or in a form as one text with commas or lines between them.
    mutating func watchlistRule() -> WatchlistRule? {
        let words = InputKind.texts(1...100, 0...100, between: .commasAndLines, like: "woodworking")
        let keywords = optional("keywords", words, "Any of these words or phrases; \"#word\" means a hashtag.")
        let must = optional("must_words", words, "All of these.")
        let exclusions = optional("exclusions", words, "None of these.")
        let platforms: [Platform]? = optional("platforms", .list(of: .choice(), 0...5), "Only these; none means all.")
        var limits = WatchlistRule.Limits()
        limits.minimumViews = optional("minimum_views", .integer(0...Counts.largest), "Posts with so many views.")
        limits.language = optional("language", .languageTag, "A language tag such as en.")
        limits.maximumAgeHours = optional("maximum_age_hours", .integer(0...87_600), "Hours since publication.").map(
            Int.init)
        limits.minimumDuration = optional("minimum_duration", .integer(0...86_400), "Seconds.")
        limits.maximumDuration = optional("maximum_duration", .integer(0...86_400), "Seconds.")
        limits.shorts = optional("shorts", .choice(), "What to do with short clips.") ?? .include
        return checked { () throws(ValidationError) in
            try WatchlistRule(
                keywords: keywords ?? [], mustWords: must ?? [], exclusions: exclusions ?? [],
                platforms: Set(platforms ?? []), limits: limits)
        }
    }

    /// A value made of several fields; what is wrong with it is noted.
    mutating func checked<Value>(_ make: () throws(ValidationError) -> Value) -> Value? {
        do throws(ValidationError) {
            return try make()
        } catch {
            note(error.field, error.rule)
            return nil
        }
    }
}

extension InputKind where Value == String {
    /// The shape of BCP 47.
    fileprivate static var languageTag: InputKind {
        InputKind.text(2...35).checked(like: "en") { text throws(ValidationError) in
            guard text.wholeMatch(of: /[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*/) != nil else {
                throw ValidationError(field: "language", rule: "must be a language tag such as en or pt-BR")
            }
            return text
        }.like(.text("en")).matching("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
    }
}
