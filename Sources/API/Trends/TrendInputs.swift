import Core

struct TrendListInput: Input {
    let filter: TrendFilter
    let paging: Paging

    init(_ reader: inout InputReader) {
        var filter = TrendFilter()
        filter.states = Set(
            reader.query("state", .list(of: .choice(), 0...4), "Only these; without it, all but hidden ones.") ?? [])
        filter.platforms = Set(reader.query("platform", .list(of: .choice(), 0...5), "Only from these.") ?? [])
        filter.watchlist = reader.query("watchlist", .id(), "Only what this watchlist holds.")
        filter.tag = reader.query("tag", .text(Tag.length), "Only with this tag, whatever its case.")
        filter.minimumViews = reader.query("min_views", .integer(0...Counts.largest), "Only with so many views.")
        filter.words = reader.query("q", .text(0...200), "Words that all stand in its text, author or hashtags.") ?? ""
        filter.order = reader.query("sort", .choice(), "The order; newest first unless told.") ?? .newest
        self.filter = filter
        paging = reader.paging()
    }
}

struct TrendIDInput: Input {
    let id: TrendID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}

struct TrendStateInput: Input {
    let id: TrendID
    let state: TrendState

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        state = reader.required("state", .choice(), "What you did with it.")
    }
}

struct TrendEditInput: Input {
    let id: TrendID
    let edit: TrendEdit

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        edit = TrendEdit(
            state: reader.optional("state", .choice(), "What you did with it."),
            tags: reader.tags("tags", "All its tags from now on."))
    }
}

extension InputReader {
    /// All tags of something; a form may also send them in one field, between commas.
    mutating func tags(_ name: String, _ about: String) -> [String]? {
        switch edited(name, .texts(Tag.length, 0...Tag.most, between: .commas, like: "hook"), about) {
        case .keep: return nil
        case .clear: return []
        case .set(let tags): return tags
        }
    }
}
