import Core
import SQL

/// Finds what a request means among one user's trends and ideaboards.
///
/// SQL narrows by what has an index, everything else is decided by `LibraryMatcher`: so both engines find the same, and a
/// word is found where a watchlist would find it. It reads only the user's own rows, however many others have.
struct LibrarySearch {
    let connection: Connection
    let user: UserID
    let request: LibraryRequest

    private struct Candidate {
        let item: FoundItem
        let date: Instant
        let id: String
    }

    /// Every match, newest first.
    func found() throws -> [FoundItem] {
        let members = try memberships()
        let matcher = LibraryMatcher(request.query)
        let found = try trends(members, matcher) + boards(members, matcher)
        return found.sorted { ($0.date, $0.id) > ($1.date, $1.id) }.map(\.item)
    }

    // MARK: Collections

    /// What each collection that matters holds, by the collection's key; `nil` when none is asked for.
    private func memberships() throws -> Memberships? {
        let names = Set(request.query.collectionNames.map(LibraryCollection.key))
        guard !names.isEmpty || request.collection != nil else { return nil }
        let contents = try connection.collectionContents(of: user)
        if let id = request.collection, !contents.contains(where: { $0.collection.id == id }) {
            throw StoreFailure.missing("collection \(id)")
        }
        let known = Set(contents.map { LibraryCollection.key($0.collection.name) })
        if let name = names.subtracting(known).sorted().first {
            throw ValidationError(field: "q", rule: "has in:\(name), which is no collection of yours")
        }
        return Memberships(contents, chosen: request.collection)
    }

    private struct Memberships {
        private(set) var keys: [String: Set<String>] = [:]
        private(set) var chosen: Set<String>?

        init(_ contents: [CollectionContents], chosen id: CollectionID?) {
            for content in contents {
                let members = content.trendIDs.map(\.rawValue) + content.boardIDs.map(\.rawValue)
                let key = LibraryCollection.key(content.collection.name)
                for member in members { keys[member, default: []].insert(key) }
                if content.collection.id == id { chosen = Set(members) }
            }
        }

        func admits(_ id: String) -> Bool { chosen?.contains(id) ?? true }
    }

    // MARK: Candidates

    private func trends(_ members: Memberships?, _ matcher: LibraryMatcher) throws -> [Candidate] {
        let texts: Query = request.query.readsTexts ? "posts.title, posts.description" : "NULL, NULL"
        let states: Query =
            request.scope == .kept ? "= 'saved'" : request.query.wantsHidden ? "IS NOT NULL" : "<> 'hidden'"
        let readsNames = request.query.readsNames
        var found: [Candidate] = []
        let query: Query = """
            SELECT trends.id, trends.state, trends.tags_json, trends.added_at, posts.platform, posts.content_type,
                posts.is_short, posts.duration_seconds, posts.published_at, posts.hashtags_json, authors.name, \(texts)
            FROM trends JOIN posts ON posts.id = trends.post_id LEFT JOIN authors ON authors.id = posts.author_id
            WHERE trends.user_id = \(user) AND trends.state \(states)
            """
        try connection.stream(query) { row in
            let id = row.text(0)
            guard members?.admits(id) ?? true else { return }
            var facts = try self.facts(trend: row, readsNames: readsNames)
            facts.collections = members?.keys[id] ?? []
            guard matcher.matches(facts) else { return }
            found.append(Candidate(item: .trend(TrendID(rawValue: id)), date: row.instant(3), id: id))
        }
        return found
    }

    private func facts(trend row: Row, readsNames: Bool) throws -> LibraryFacts {
        var traits = [
            LibraryTrait.trend, LibraryTrait(row.value(1, or: TrendState.seen)),
            LibraryTrait(row.value(5, or: ContentType.link)),
        ]
        if row.bool(6) { traits.append(.short) }
        if row.optionalInteger(7) ?? 0 >= Post.longSeconds { traits.append(.long) }
        var facts = LibraryFacts(traits: traits, date: row.optionalInstant(8) ?? row.instant(3))
        facts.platform = row.value(4, or: .web)
        guard readsNames else { return facts }
        facts.tags = try row.texts(2)
        facts.hashtags = try row.texts(9)
        facts.author = row.optionalText(10)
        facts.texts = [row.optionalText(11), row.optionalText(12)].compactMap { $0 }
        return facts
    }

    private func boards(_ members: Memberships?, _ matcher: LibraryMatcher) throws -> [Candidate] {
        let texts: Query = request.query.readsTexts ? "title, description, content" : "NULL, NULL, NULL"
        var found: [Candidate] = []
        let query: Query = """
            SELECT id, status, tags_json, updated_at, CASE WHEN slug IS NULL THEN 0 ELSE 1 END, \(texts)
            FROM ideaboards WHERE user_id = \(user)
            """
        try connection.stream(query) { row in
            let id = row.text(0)
            guard members?.admits(id) ?? true else { return }
            var facts = LibraryFacts(
                traits: [.board, LibraryTrait(row.value(1, or: IdeaboardStatus.draft))], date: row.instant(3))
            if row.integer(4) == 1 { facts.traits.append(.shared) }
            facts.tags = try row.texts(2)
            facts.texts = (5...7).compactMap { row.optionalText($0) }
            facts.collections = members?.keys[id] ?? []
            guard matcher.matches(facts) else { return }
            found.append(Candidate(item: .board(IdeaboardID(rawValue: id)), date: facts.date, id: id))
        }
        return found
    }
}
