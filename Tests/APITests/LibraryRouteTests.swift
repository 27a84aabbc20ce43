import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("The library over HTTP")
struct LibraryRouteTests {
    struct Furnished {
        let harness: Harness
        let cookie: String
        let board: IdeaboardID
        let trends: [TrendID]
        let collection: CollectionID

        /// Mara with three trends, the newest saved, a board, and an empty collection.
        init() async throws {
            harness = try await Harness()
            cookie = try await harness.cookie(of: harness.mara)
            let (store, mara, start) = (harness.fixture.store, harness.mara, StoreFixture.start)
            _ = try store.createWatchlist("All", rule: .everything, for: mara, now: start)
            for index in 0..<3 {
                try harness.fixture.see("v\(index)", views: 1, at: start.adding(hours: Double(index)))
            }
            trends = try await store.trends(of: mara, TrendFilter(), Paging()).items.map(\.id)
            _ = try store.setState(.saved, of: trends[0], for: mara)
            board = try store.createIdeaboard("Board", content: "first words", for: mara, now: start).id
            collection = try await store.createCollection("Hooks", of: mara, now: start).collection.id
        }

        var headers: HTTPFields { [.cookie: cookie, .accept: "text/html"] }

        func kinds(_ client: any TestClientProtocol, _ path: String) async throws -> [String] {
            try await client.get(path, headers).json.kinds
        }
    }

    @Test("What is kept is listed and narrowed, with its pages counted")
    func list() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let all = try await client.get("/api/library?limit=1", it.headers)
            #expect(all.json["meta"]?["pagination"]?["total"] == .integer(2) && all.json.kinds.count == 1)
            let trends = try await client.get("/api/library?kind=trend", it.headers)
            #expect(trends.json.kinds == ["trend"])
            let item = trends.json["data"]?.array?[0]
            #expect(item?["trend"]?["id"] == .text(it.trends[0].rawValue) && item?["ideaboard"] == .null)
            #expect(item?["path"] == .text(Route.trend(it.trends[0]).path))
            #expect(try await it.kinds(client, "/api/library?status=draft") == ["ideaboard"])
            #expect(try await it.kinds(client, "/api/library?platform=tiktok").isEmpty)
            #expect(try await it.kinds(client, "/api/library?collection=\(it.collection)").isEmpty)
            let unknown = try await client.get("/api/library?collection=\(it.board)", it.headers)
            #expect(unknown.status == .notFound)
        }
    }

    @Test("A search of the library finds what is kept, a search of everything all of it")
    func search() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let expected: [(String, Int)] = [
                ("/api/library/search?q=video", 1), ("/api/search?q=video", 3), ("/api/search?q=video%20-is:saved", 2),
                ("/api/search", 4), ("/api/library/search", 2),
            ]
            for (path, count) in expected {
                let found = try await it.kinds(client, path)
                #expect(found.count == count, "\(path)")
            }
            let phrase = try await it.kinds(client, "/api/search?q=%22first%20words%22")
            #expect(phrase == ["ideaboard"])
        }
    }

    @Test(
        "A query that breaks a rule is 400 and names field and rule",
        arguments: ["%22open", "is:happy", "colour:red", "after:soon", "in:nowhere", "-"])
    func wrong(_ query: String) async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            for path in ["/api/library/search", "/api/search"] {
                let answer = try await client.get("\(path)?q=\(query)", it.headers)
                #expect(answer.status == .badRequest)
                #expect(answer.json["error"]?["code"] == .text("VALIDATION_ERROR"))
                #expect(answer.json["error"]?["details"]?.array?[0]["field"] == .text("q"))
            }
        }
    }

    @Test("A collection is made, read, renamed, listed and removed, and each write is published")
    func collections() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let made = try await client.post("/api/collections", json: #"{"name":" Music "}"#, it.headers)
            #expect(made.status == .created && made.json["data"]?["name"] == .text("Music"))
            let path = "/api/collections/" + (made.json["data"]?["id"]?.text ?? "")
            let renamed = try await client.patch(path, json: #"{"name":"Sound"}"#, it.headers)
            #expect(renamed.json["data"]?["name"] == .text("Sound"))
            #expect(try await client.get(path, it.headers).json["data"]?["item_count"] == .integer(0))
            let list = try await client.get("/api/collections", it.headers).json["data"]?.array ?? []
            #expect(list.compactMap { $0["name"]?.text } == ["Hooks", "Sound"])
            #expect(try await client.delete(path, it.headers).status == .ok)
            #expect(try await client.get(path, it.headers).status == .notFound)
            let taken = try await client.post("/api/collections", json: #"{"name":"hooks"}"#, it.headers)
            #expect(taken.status == .conflict && taken.text.contains("already the name"))
        }
        #expect(it.harness.publishing.changes.count == 3)
    }

    @Test("Several things are filed at once, and only the caller's own")
    func organize() async throws {
        let it = try await Furnished()
        let ids = it.trends.map { "\"\($0)\"" }.joined(separator: ",")
        try await it.harness.test { client in
            let body = #"{"ids":[\#(ids)],"boards":["\#(it.board)"],"add_to":"\#(it.collection)","add_tags":["hook"]}"#
            let filed = try await client.post("/api/library/organize", json: body, it.headers)
            #expect(filed.status == .ok && filed.json["data"]?["ids"]?.array?.count == 3)
            #expect(try await it.kinds(client, "/api/library/search?q=in:hooks%20tag:hook").count == 4)
            let none = try await client.post("/api/library/organize", json: #"{"add_tags":["x"]}"#, it.headers)
            #expect(none.status == .badRequest && none.text.contains("at least one"))
            let boris = try await it.harness.cookie(of: it.harness.boris)
            let foreign = try await client.post("/api/library/organize", json: body, [.cookie: boris])
            #expect(foreign.status == .notFound)
        }
        #expect(it.harness.publishing.changes.count == 1)
    }

    @Test("Forms are led to where the result is; a wrong name comes back as it was typed")
    func forms() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let filed = try await client.post(
                "/api/library/organize",
                form: "ids=\(it.trends[1])&boards=\(it.board)&add_to=\(it.collection)&add_tags=",
                it.headers)
            #expect(filed.headers[.location] == Route.collection(it.collection, page: 1).path)
            let next = try await client.post(
                "/api/library/organize", form: "ids=\(it.trends[1])&remove_from=\(it.collection)&next=/library/",
                it.headers)
            #expect(next.status == .seeOther && next.headers[.location] == "/library/")
            let renamed = try await client.post(
                APIRoute.collectionSave(it.collection).path, form: "name=Other", it.headers)
            #expect(renamed.headers[.location] == Route.collection(it.collection, page: 1).path)
            let wrong = try await client.post("/api/collections", form: "name=oTher", it.headers)
            #expect(wrong.status == .conflict && wrong.text.contains("naming(nil, name: \"oTher\""))
            let empty = try await client.post(APIRoute.collectionSave(it.collection).path, form: "name=+", it.headers)
            #expect(empty.status == .unprocessableContent && empty.text.contains("naming(Optional("))
            let gone = try await client.post(APIRoute.collectionDelete(it.collection).path, form: "", it.headers)
            #expect(gone.headers[.location] == "/library/")
        }
    }

    @Test("The page of a search shows what it finds, and a wrong query with its rule; strangers are asked to sign in")
    func page() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let found = try await client.get("/library/search/?q=video", it.headers)
            #expect(found.status == .ok && found.text.contains("library of mara@example.com: results("))
            #expect(found.headers[.cacheControl]?.contains("no-store") == true)
            #expect(found.text.contains("total: 1"))
            #expect(try await client.get("/search/?q=video", it.headers).text.contains("total: 3"))
            let wrong = try await client.get("/search/?q=is:happy", it.headers)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("must be one of"))
            let stranger = try await client.get("/library/search/?q=a%20b", [.accept: "text/html"])
            #expect(stranger.status == .seeOther)
            #expect(stranger.headers[.location] == "/sign-in/?next=/library/search/%3Fq%3Da%2520b")
        }
    }

    @Test("Files of the library are still served beside the search")
    func files() async throws {
        let it = try await Furnished()
        let mara = SiteName.user(it.harness.mara)
        for path in ["/library/", "/library/page/2/", Route.collection(it.collection, page: 1).path] {
            it.harness.sites.set(path, of: mara, to: "file \(path)")
            try await it.harness.test { client in
                let answer = try await client.get(path, it.headers)
                #expect(answer.status == .ok && answer.text == "file \(path)")
            }
        }
    }
}

extension JSON {
    fileprivate var kinds: [String] { (self["data"]?.array ?? []).compactMap { $0["kind"]?.text } }
}
