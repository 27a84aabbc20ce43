import Core
import Store
import TestSupport
import Testing

@Suite("The library")
struct LibraryTests {
    private let now = World.start

    private func save(_ names: String..., in world: World) async throws {
        let ids = try names.map(world.trend)
        _ = try await world.store.editTrends(ids, TrendBulkEdit(state: .saved), of: world.user)
    }

    @Test("It holds saved trends and every ideaboard, newest first; everything also has the other trends")
    func kept() async throws {
        let world = try await World()
        try await save("a", "c", in: world)
        _ = try world.store.setState(.hidden, of: world.trend("d"), for: world.user)
        #expect(try await Set(world.found("")) == ["a", "c", "One", "Two"])
        #expect(try await world.found("kind:trend") == ["c", "a"])
        #expect(try await world.found("kind:trend", .everything) == ["c", "b", "a"])
        #expect(try await world.found("is:hidden", .everything) == ["d"])
        #expect(try await world.found("-is:hidden kind:trend", .everything) == ["c", "b", "a"])
    }

    @Test("Words meet titles, texts, authors, tags and what boards say")
    func words() async throws {
        let world = try await World()
        try await save("a", in: world)
        _ = try await world.store.editTrend(world.trend("a"), TrendEdit(tags: ["Hook"]), of: world.user)
        var edit = IdeaboardEdit(base: 1)
        (edit.content, edit.tags, edit.status) = ("# Échame\n\nla culpa", ["hook"], .published)
        _ = try await world.store.editIdeaboard(world.board("One"), edit, of: world.user, now: now)
        #expect(try await world.found("\"desk notes\"") == ["a"])
        #expect(try await world.found("echame \"la culpa\"") == ["One"])
        #expect(try await world.found("tag:HOOK -kind:board") == ["a"])
        #expect(try await Set(world.found("hook")) == ["a", "One"])
        #expect(try await world.found("status:published") == ["One"])
        #expect(try await world.found("is:shared") == [])
        _ = try await world.store.shareIdeaboard(world.board("One"), of: world.user)
        #expect(try await world.found("is:shared") == ["One"])
    }

    @Test(
        "A collection is made once by its name, renamed, counted and removed, and each change is a revision of the library"
    )
    func collections() async throws {
        let world = try await World()
        let (store, user) = (world.store, world.user)
        let before = try world.revision
        let made = try await store.createCollection("Hooks", of: user, now: now)
        #expect(made.change?.revision == before + 1)
        #expect(try world.stamped(after: before) == Stamps(sections: [.library], trends: [], boards: []))
        let taken = await #expect(throws: ValidationError.self) {
            try await store.createCollection("hOOKS", of: user, now: now)
        }
        #expect(taken?.field == "name")
        let id = made.collection.id
        #expect(try await store.renameCollection(id, to: "Hooks", of: user, now: now).change == nil)
        #expect(try await store.renameCollection(id, to: "HOOKS", of: user, now: now).collection.name == "HOOKS")
        _ = try await store.createCollection("Abc", of: user, now: now)
        await #expect(throws: ValidationError.self) {
            try await store.renameCollection(id, to: "abc", of: user, now: now)
        }
        #expect(try await store.collections(of: user).map(\.name) == ["Abc", "HOOKS"])
        _ = try await store.removeCollection(id, of: user)
        await #expect(throws: StoreFailure.self) { try await store.removeCollection(id, of: user) }
        #expect(try await store.collections(of: user).map(\.name) == ["Abc"])
    }

    @Test("No user has more collections than all pages can name")
    func most() async throws {
        let world = try await World()
        for number in 0..<LibraryCollection.most {
            _ = try await world.store.createCollection("C\(number)", of: world.user, now: now)
        }
        let before = try world.revision
        await #expect(throws: ValidationError.self) {
            try await world.store.createCollection("One more", of: world.user, now: now)
        }
        #expect(try world.revision == before)
    }

    @Test("What is filed is found there, trends become saved by it, and unsaving keeps their place for later")
    func filing() async throws {
        let world = try await World()
        let (store, user) = (world.store, world.user)
        let hooks = try await store.createCollection("Hooks", of: user, now: now).collection.id
        var edit = LibraryEdit(trends: [try world.trend("a"), try world.trend("b")], boards: [try world.board("One")])
        edit.addTo = hooks
        let filed = try await store.organize(edit, of: user, now: now)
        #expect(filed.items.trends.count == 2 && filed.items.boards.count == 1 && filed.change != nil)
        #expect(try await Set(world.found("in:hooks")) == ["a", "b", "One"])
        #expect(try await Set(world.found("", in: hooks)) == ["a", "b", "One"])
        #expect(try await world.found("is:saved -in:hooks") == [])
        #expect(try await store.organize(edit, of: user, now: now).change == nil)
        _ = try store.setState(.seen, of: world.trend("a"), for: user)
        #expect(try await store.collections(of: user).map(\.itemCount) == [2])
        #expect(try await Set(world.found("in:hooks")) == ["b", "One"])
        _ = try store.setState(.saved, of: world.trend("a"), for: user)
        #expect(try await Set(world.found("in:hooks")) == ["a", "b", "One"])
    }

    @Test("Taking out, tagging and unsaving happen together, and only to what is named")
    func organizing() async throws {
        let world = try await World()
        let (store, user) = (world.store, world.user)
        let hooks = try await store.createCollection("Hooks", of: user, now: now).collection.id
        var all = LibraryEdit(trends: [try world.trend("a"), try world.trend("b")], boards: [try world.board("One")])
        all.addTo = hooks
        _ = try await store.organize(all, of: user, now: now)
        var edit = LibraryEdit(trends: [try world.trend("a")], boards: [try world.board("One")])
        (edit.removeFrom, edit.adding) = (hooks, ["Kept", "kept"])
        _ = try await store.organize(edit, of: user, now: now)
        #expect(try await world.found("in:hooks") == ["b"])
        #expect(try await Set(world.found("tag:kept")) == ["a", "One"])
        let board = try await store.ideaboard(world.board("One"), of: user)
        #expect(board?.content == "x" && board?.tags == ["Kept"])
        let item = try await store.library(of: user, LibraryRequest(.kept, try LibraryQuery("in:hooks")), Paging())
            .items
        #expect(item.map(\.collectionIDs) == [[hooks]])
    }

    @Test("Deleted things leave their collections, and an unknown collection is named")
    func gone() async throws {
        let world = try await World()
        let (store, user) = (world.store, world.user)
        let hooks = try await store.createCollection("Hooks", of: user, now: now).collection.id
        var edit = LibraryEdit(trends: [try world.trend("a")], boards: [try world.board("One")])
        edit.addTo = hooks
        _ = try await store.organize(edit, of: user, now: now)
        _ = try await store.removeTrend(world.trend("a"), of: user)
        _ = try await store.removeIdeaboard(world.board("One"), of: user)
        #expect(try await world.found("in:hooks") == [])
        #expect(try await store.collections(of: user).map(\.itemCount) == [0])
        let error = await #expect(throws: ValidationError.self) { _ = try await world.found("in:other") }
        #expect(error?.field == "q" && error?.rule.contains("in:other") == true)
        await #expect(throws: StoreFailure.self) {
            _ = try await world.found("", in: CollectionID(rawValue: "0192f0c0-0000-7000-8000-000000000099"))
        }
    }

    @Test("Nobody finds, files into, renames or ends what is another's")
    func foreign() async throws {
        let world = try await World()
        let other = try World(in: world.fixture, user: await world.fixture.addUser("eve@example.com"))
        let store = world.store
        let hooks = try await store.createCollection("Hooks", of: world.user, now: now).collection.id
        var edit = LibraryEdit(trends: [try other.trend("a")], boards: [try other.board("One")])
        edit.addTo = hooks
        await #expect(throws: StoreFailure.self) { _ = try await store.organize(edit, of: other.user, now: now) }
        await #expect(throws: StoreFailure.self) { _ = try await store.removeCollection(hooks, of: other.user) }
        await #expect(throws: StoreFailure.self) {
            _ = try await store.renameCollection(hooks, to: "Mine", of: other.user, now: now)
        }
        let left = try await store.organize(edit, of: world.user, now: now)
        #expect(left.items == OrganizedItems(trends: [], boards: []) && left.change == nil)
        #expect(try await store.collections(of: other.user).isEmpty)
        #expect(try await world.found("", in: hooks) == [])
        #expect(try await Set(world.found("")) == ["One", "Two"])
    }

    @Test("Pages of a list are cut from one order")
    func paging() async throws {
        let world = try await World()
        try await save("a", "b", "c", in: world)
        let request = LibraryRequest(.kept, try LibraryQuery("kind:trend"))
        let pages = [1, 2, 3].map { Paging(page: $0, limit: 2) }
        var names: [[String]] = []
        for paging in pages {
            let list = try await world.store.library(of: world.user, request, paging)
            #expect(list.total == 3)
            names.append(list.items.compactMap { $0.trend?.post.platformPostID })
        }
        #expect(names == [["c", "b"], ["a"], []])
    }
}

extension World {
    /// What a request finds, by the posts' and boards' names.
    fileprivate func found(
        _ text: String, _ scope: LibraryRequest.Scope = .kept, in collection: CollectionID? = nil
    ) async throws -> [String] {
        let request = LibraryRequest(scope, try LibraryQuery(text), in: collection)
        let list = try await store.library(of: user, request, Paging(limit: 100))
        #expect(list.total == Int64(list.items.count))
        return list.items.map { $0.trend?.post.platformPostID ?? $0.board?.title ?? "" }
    }
}
