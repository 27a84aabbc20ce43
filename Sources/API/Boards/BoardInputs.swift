import Core

struct BoardListInput: Input {
    let status: IdeaboardStatus?
    let paging: Paging

    init(_ reader: inout InputReader) {
        status = reader.query("status", .choice(), "Only with this status.")
        paging = reader.paging()
    }
}

struct BoardIDInput: Input {
    let id: IdeaboardID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}

struct BoardCreateInput: Input {
    let draft: IdeaboardDraft
    let trends: [TrendID]

    init(_ reader: inout InputReader) {
        draft = reader.draft(title: reader.required("title", .boardTitle, "What it is called."))
        trends = reader.optional("trends", .boardTrends, "Its evidence, in this order.") ?? []
    }
}

/// An edit of some fields, as JSON or as the editor's form.
struct BoardEditInput: Input {
    let id: IdeaboardID
    let edit: IdeaboardEdit

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        var edit = IdeaboardEdit(base: reader.baseVersion())
        reader.changed("title", .boardTitle, "What it is called.").map { edit.title = $0 }
        edit.description = reader.edited("description", .boardDescription, "What it is about.").replacement
        edit.content = reader.edited("content", .boardContent, "Markdown, at most 256 KiB.").replacement.map {
            $0 ?? ""
        }
        edit.tags = reader.tags("tags", "All its tags from now on.")
        edit.status = reader.optional("status", .choice(), "Where it stands.")
        edit.isAutosave =
            reader.optional("autosave", .bool, "Saved without being asked: kept for a while only.") ?? false
        _ = reader.optional("board", .id() as InputKind<IdeaboardID>, "The same id, as the editor's form sends it.")
        self.edit = edit
    }
}

/// A whole board in the place of what stands there.
struct BoardReplaceInput: Input {
    let id: IdeaboardID
    let edit: IdeaboardEdit

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        let base = reader.baseVersion()
        edit = IdeaboardEdit(
            base: base, reader.draft(title: reader.required("title", .boardTitle, "What it is called.")))
    }
}

struct BoardVersionInput: Input {
    let id: IdeaboardID
    let number: Int64

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        number = reader.path("number", .integer(1...Int64.max), "The version's number.")
    }
}

extension InputReader {
    fileprivate mutating func baseVersion() -> Int64 {
        required("version", .integer(1...Int64.max), "The version that the edit is based on.")
    }

    fileprivate mutating func draft(title: String) -> IdeaboardDraft {
        let description = optional("description", .boardDescription, "What it is about.")
        let content = edited("content", .boardContent, "Markdown, at most 256 KiB.").replacement ?? nil
        let tags = tags("tags", "What it is filed under.") ?? []
        let status = optional(
            "status", .choice() as InputKind<IdeaboardStatus>, "Where it stands; a draft unless told.")
        return IdeaboardDraft(
            title: title, description: description, content: content ?? "", tags: Tag.unique(tags),
            status: status ?? .draft)
    }
}

extension Edited {
    /// What takes the place of what is there: the inner `nil` empties it.
    fileprivate var replacement: Value?? {
        switch self {
        case .keep: nil
        case .clear: .some(nil)
        case .set(let value): .some(value)
        }
    }
}

extension InputKind where Value == String {
    fileprivate static var boardTitle: InputKind { .text(Ideaboard.titleLength).like(.text("Selling to machines")) }
    fileprivate static var boardDescription: InputKind { .text(Ideaboard.descriptionLength).like(.text("One loop.")) }

    static var boardContent: InputKind {
        InputKind.prose(0...Ideaboard.contentLimit).checked(like: "## Hook") { text throws(ValidationError) in
            guard text.utf8.count <= Ideaboard.contentLimit else {
                throw ValidationError(field: "content", rule: "must be at most 256 KiB")
            }
            return text
        }.like(.text("## Hook"))
    }
}

extension InputKind where Value == [TrendID] {
    static var boardTrends: InputKind { .list(of: .id(), 0...Ideaboard.mostTrends) }
}
