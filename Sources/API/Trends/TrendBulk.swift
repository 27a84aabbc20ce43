import Core

/// Several trends at once, and what forms need because they only post.
struct TrendBulkRoutes: Sendable {
    let trends: any TrendBulkEditing & TrendEditing

    var endpoints: [Endpoint] {
        [
            Endpoint(.post, .trendsBulk, .user(.trendsWrite), "Sets the state or tags of several trends.", edit),
            Endpoint(.post, .trendTags(), .user(.trendsWrite), "Sets the tags of a trend, for forms.", setTags),
            Endpoint(.post, .trendDelete(), .user(.trendsWrite), "Removes a trend, for forms.", remove),
        ]
    }

    @Sendable func edit(_ input: TrendBulkInput, _ caller: Caller) async throws -> Answer<EditedTrends> {
        let (edited, change) = try await trends.editTrends(input.ids, input.edit, of: caller.userID)
        return Answer(EditedTrends(ids: edited), change: change, page: .trends(page: 1))
    }

    @Sendable func setTags(_ input: TrendTagsInput, _ caller: Caller) async throws -> Answer<Trend> {
        let (trend, change) = try await trends.editTrend(input.id, TrendEdit(tags: input.tags), of: caller.userID)
        return Answer(trend, change: change, page: .trend(input.id))
    }

    @Sendable func remove(_ input: TrendIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await trends.removeTrend(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .trends(page: 1))
    }
}

struct TrendBulkInput: Input {
    let ids: [TrendID]
    let edit: TrendBulkEdit

    init(_ reader: inout InputReader) {
        let chosen: [TrendID]? = reader.optional("ids", .list(of: .id(), 0...100), "The trends.")
        let saved: TrendID? = reader.optional("save", .id(), "One trend to save: the button of a list's form.")
        let hidden: TrendID? = reader.optional("hide", .id(), "One trend to hide: the button of a list's form.")
        var edit = TrendBulkEdit(
            state: reader.optional("state", .choice(), "What you did with them."),
            adding: reader.tags("add_tags", "Tags that all of them get.") ?? [],
            removing: reader.tags("remove_tags", "Tags that all of them lose.") ?? [])
        if saved != nil { edit.state = .saved } else if hidden != nil { edit.state = .hidden }
        ids = (saved ?? hidden).map { [$0] } ?? chosen ?? []
        self.edit = edit
        if ids.isEmpty { reader.note("ids", "must name at least one trend") }
    }
}

struct TrendTagsInput: Input {
    let id: TrendID
    let tags: [String]

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        tags = reader.tags("tags", "All its tags from now on.") ?? []
    }
}

/// Which of the trends are the user's and now as asked.
struct EditedTrends: Sendable {
    let ids: [TrendID]
}

extension EditedTrends: Described {
    static let shape = Shape<EditedTrends>.object("EditedTrends", [Property("ids", .list(.id())) { $0.ids }])
}
