import Core

/// The library, narrowed by what a list is usually narrowed by; everything else is a search.
struct LibraryListInput: Input {
    enum Kind: String, CaseIterable { case trend, ideaboard }

    let request: LibraryRequest
    let paging: Paging

    init(_ reader: inout InputReader) {
        var query = LibraryQuery()
        let kind = reader.query("kind", .choice() as InputKind<Kind>, "Only trends, or only ideaboards.")
        kind.map { query.add(.trait(.kind, $0 == .trend ? .trend : .board)) }
        let status = reader.query("status", .choice() as InputKind<IdeaboardStatus>, "Only ideaboards with it.")
        status.map { query.add(.trait(.status, LibraryTrait($0))) }
        let platforms: [Platform] = reader.query("platform", .list(of: .choice(), 0...5), "Only from these.") ?? []
        for platform in platforms { query.add(.platform(platform)) }
        let tag = reader.query("tag", .text(Tag.length), "Only with this tag, whatever its case.")
        tag.map { query.add(.tag($0)) }
        let collection: CollectionID? = reader.query("collection", .id(), "Only what this collection holds.")
        request = LibraryRequest(.kept, query, in: collection)
        paging = reader.paging()
    }
}

struct LibrarySearchInput: Input {
    let query: LibraryQuery
    let paging: Paging

    init(_ reader: inout InputReader) {
        query = reader.query("q", .libraryQuery, "Words, \"phrases\", -exclusions and key:value.") ?? LibraryQuery()
        paging = reader.paging()
    }
}

/// One edit of several things, as JSON or as the form around a list.
struct OrganizeInput: Input {
    let edit: LibraryEdit

    init(_ reader: inout InputReader) {
        var edit = LibraryEdit(
            trends: reader.optional("ids", .list(of: .id(), 0...100), "The trends.") ?? [],
            boards: reader.optional("boards", .list(of: .id(), 0...100), "The ideaboards.") ?? [])
        edit.addTo = reader.optional("add_to", .id(), "The collection that they are put into; trends become saved.")
        edit.removeFrom = reader.optional("remove_from", .id(), "The collection that they are taken out of.")
        edit.state = reader.optional("state", .choice(), "What you did with the trends.")
        edit.adding = reader.tags("add_tags", "Tags that all of them get.") ?? []
        edit.removing = reader.tags("remove_tags", "Tags that all of them lose.") ?? []
        self.edit = edit
        if edit.trends.isEmpty && edit.boards.isEmpty {
            reader.note("ids", "must name at least one trend or ideaboard")
        }
    }
}

struct CollectionIDInput: Input {
    let id: CollectionID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}

struct CollectionNameInput: Input {
    let name: String

    init(_ reader: inout InputReader) {
        name = reader.required("name", .collectionName, "What it is called; no two of yours alike.")
    }
}

struct CollectionRenameInput: Input {
    let id: CollectionID
    let name: String

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
        name = reader.required("name", .collectionName, "What it is called from now on.")
    }
}

extension InputKind where Value == String {
    fileprivate static var collectionName: InputKind {
        .text(LibraryCollection.nameLength).like(.text("Hooks that worked"))
    }
}

extension InputKind where Value == LibraryQuery {
    fileprivate static var libraryQuery: InputKind {
        InputKind<String>.text(0...LibraryQuery.longest).checked(like: LibraryQuery()) {
            text throws(ValidationError) in try LibraryQuery(text)
        }.like(.text("tag:hook platform:youtube -reaction"))
    }
}
