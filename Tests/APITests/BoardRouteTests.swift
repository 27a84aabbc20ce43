import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Ideaboards over HTTP")
struct BoardRouteTests {
    struct Furnished {
        let harness: Harness
        let cookie: String
        let board: Ideaboard
        let trends: [TrendID]

        /// Mara with a board at version 1 and three trends, of which the first is attached.
        init() async throws {
            harness = try await Harness()
            cookie = try await harness.cookie(of: harness.mara)
            let store = harness.fixture.store
            _ = try store.createWatchlist("All", rule: .everything, for: harness.mara, now: StoreFixture.start)
            for index in 0..<3 {
                try harness.fixture.see("v\(index)", views: 1, at: StoreFixture.start.adding(hours: Double(index)))
            }
            trends = try await store.trends(of: harness.mara, TrendFilter(), Paging()).items.map(\.id)
            let draft = IdeaboardDraft(title: "Board", content: "first")
            board = try await store.createIdeaboard(
                draft, trends: [trends[0]], of: harness.mara, within: .max, now: StoreFixture.start
            ).board
        }

        var stored: Ideaboard? {
            get async throws { try await harness.fixture.store.ideaboard(board.id, of: harness.mara) }
        }
        var headers: HTTPFields { [.cookie: cookie, .accept: "text/html"] }
        func form(_ verb: APIRoute.BoardVerb) -> String { APIRoute.ideaboardForm(verb, board.id).path }
    }

    @Test("A board is made, read, replaced, edited, listed and removed")
    func crud() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let made = try await client.post(
                "/api/ideaboards", json: #"{"title":" New ","tags":["a","A"]}"#, it.headers)
            #expect(made.status == .created && made.json["data"]?["title"] == .text("New"))
            let path = "/api/ideaboards/" + (made.json["data"]?["id"]?.text ?? "")
            let put = try await client.send(
                .put, path, #"{"version":1,"title":"T","content":"c\n"}"#, "application/json", it.headers)
            #expect(put.json["data"]?["content"] == .text("c\n") && put.json["data"]?["version"] == .integer(2))
            let patch = try await client.patch(path, json: #"{"version":2,"status":"published"}"#, it.headers)
            #expect(patch.json["data"]?["title"] == .text("T"))
            let list = try await client.get("/api/ideaboards?status=published", it.headers)
            #expect(list.json["data"]?.array?.count == 1 && list.json["data"]?.array?[0]["content"] == nil)
            #expect(try await client.delete(path, it.headers).status == .ok)
            #expect(try await client.get(path, it.headers).status == .notFound)
        }
        #expect(it.harness.publishing.changes.count == 4)
    }

    @Test("A late edit as JSON is 409 with the current board, and changes nothing")
    func conflictJSON() async throws {
        let it = try await Furnished()
        let path = APIRoute.ideaboard(it.board.id).path
        try await it.harness.test { client in
            _ = try await client.patch(path, json: #"{"version":1,"content":"theirs"}"#, it.headers)
            let late = try await client.patch(path, json: #"{"version":1,"content":"mine"}"#, [.cookie: it.cookie])
            #expect(late.status == .conflict && late.json["error"]?["code"] == .text("CONFLICT"))
            #expect(late.json["error"]?["current"]?["content"] == .text("theirs"))
            #expect(late.json["error"]?["current"]?["version"] == .integer(2))
        }
        #expect(try await it.stored?.content == "theirs")
    }

    @Test("A late form is 409 and a page with both texts, every field as it was typed")
    func conflictForm() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            _ = try await client.post(it.form(.save), form: "version=1&content=theirs", it.headers)
            let typed =
                "version=1&board=\(it.board.id)&title=Mine&description=D&content=mine%0D%0Atwo&tags=x,y&status=archived"
            let late = try await client.post(it.form(.save), form: typed, it.headers)
            #expect(late.status == .conflict)
            for part in ["conflict(mine:", "Mine", "\"D\"", "mine\\ntwo", "x, y", "archived", "theirs"] {
                #expect(late.text.contains(part), "\(part) is lost in \(late.text)")
            }
        }
        #expect(try await it.stored?.content == "theirs")
    }

    @Test("A form is led to the board; an emptied text is emptied, an emptied title is 422 with all that was typed")
    func forms() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let saved = try await client.post(
                it.form(.save), form: "version=1&title=T&content=&tags=a,b&description=&status=draft", it.headers)
            #expect(saved.status == .seeOther && saved.headers[.location] == Route.ideaboard(it.board.id).path)
            let wrong = try await client.post(
                it.form(.save), form: "version=2&title=&content=words&tags=\(String(repeating: "t", count: 41))",
                it.headers)
            #expect(
                wrong.status == .unprocessableContent && wrong.text.contains("editing(") && wrong.text.contains("words")
            )
            #expect(wrong.text.contains("must not be empty") && wrong.text.contains("1 to 40"))
        }
        let stored = try await it.stored
        #expect(stored?.content == "" && stored?.tags == ["a", "b"])
    }

    @Test("A text of 256 KiB is taken, a larger one named; also where a form writes each byte as three")
    func size() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let most = String(repeating: "%3C", count: Ideaboard.contentLimit)
            let taken = try await client.post(it.form(.save), form: "version=1&content=\(most)", it.headers)
            #expect(taken.status == .seeOther)
            let more = try await client.post(it.form(.save), form: "version=2&content=\(most)x", it.headers)
            #expect(more.status == .unprocessableContent && more.text.contains("content"))
        }
    }

    @Test("A new board without a title is asked for again, with the trends that go with it")
    func createAgain() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let form = "title=&trends=\(it.trends[1])"
            let wrong = try await client.post("/api/ideaboards", form: form, it.headers)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("creating("))
            #expect(wrong.text.contains(it.trends[1].rawValue))
            let made = try await client.post("/api/ideaboards", form: "title=New&trends=\(it.trends[1])", it.headers)
            #expect(made.headers[.location]?.hasPrefix("/ideaboards/") == true)
        }
    }

    @Test("Evidence is attached, ordered and detached, as JSON and by form")
    func evidence() async throws {
        let it = try await Furnished()
        let path = APIRoute.ideaboardTrends(it.board.id).path
        try await it.harness.test { client in
            let body = "trends=\(it.trends[1])&trends=\(it.trends[0])"
            #expect(try await client.post(path, form: body, it.headers).status == .seeOther)
            _ = try await client.post(
                "/api/ideaboards/attach", form: "board=\(it.board.id)&trends=\(it.trends[2])", it.headers)
            #expect(try await it.stored?.trendIDs == [it.trends[0], it.trends[1], it.trends[2]])
            _ = try await client.post(it.form(.raise), form: "trend=\(it.trends[2])", it.headers)
            #expect(try await it.stored?.trendIDs == [it.trends[0], it.trends[2], it.trends[1]])
            let some = try await client.send(
                .put, path, #"{"trends":["\#(it.trends[1])"]}"#, "application/json", it.headers)
            #expect(some.status == .conflict)
            _ = try await client.post(it.form(.detach), form: "trend=\(it.trends[0])", it.headers)
            _ = try await client.delete(APIRoute.ideaboardTrend(it.board.id, it.trends[1]).path, it.headers)
        }
        #expect(try await it.stored?.trendIDs == [it.trends[2]])
    }

    @Test("Versions are listed, read and restored")
    func versions() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            _ = try await client.post(it.form(.save), form: "version=1&content=second", it.headers)
            let list = try await client.get(APIRoute.ideaboardVersions(it.board.id).path, it.headers)
            #expect(list.json["data"]?.array?.compactMap { $0["number"] } == [.integer(2), .integer(1)])
            let one = try await client.get(APIRoute.ideaboardVersion(it.board.id, "1").path, it.headers)
            #expect(one.json["data"]?["content"] == .text("first"))
            let restored = try await client.post(APIRoute.restoreVersion(it.board.id, "1").path, form: "", it.headers)
            #expect(restored.status == .seeOther)
            #expect(
                try await client.get(APIRoute.ideaboardVersion(it.board.id, "9").path, it.headers).status == .notFound)
        }
        #expect(try await it.stored?.content == "first")
    }

    @Test("A board is shared and taken back, as JSON and by form")
    func sharing() async throws {
        let it = try await Furnished()
        let path = APIRoute.ideaboardShare(it.board.id).path
        try await it.harness.test { client in
            let shared = try await client.post(path, json: "{}", it.headers)
            let address = try #require(shared.json["data"]?["share_path"]?.text)
            #expect(address.hasPrefix("/shared/") && address.utf8.count == 8 + 32 + 1)
            #expect(try await client.delete(path, it.headers).json["data"]?["share_path"] == .null)
            _ = try await client.post(path, form: "", it.headers)
            #expect(try await it.stored?.slug != nil)
            _ = try await client.post(it.form(.unshare), form: "", it.headers)
        }
        #expect(try await it.stored?.slug == nil)
    }

    @Test("A preview is HTML for programs and the editor with all that was typed for forms")
    func preview() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let body = #"{"content":"the hook"}"#
            let json = try await client.post("/api/markdown/preview", json: body, it.headers)
            #expect(json.json["data"]?["html"] == .text("<p>the hook</p>"))
            let typed = "board=\(it.board.id)&version=1&title=Typed&content=words&tags=t&status=draft&description="
            let page = try await client.post("/api/markdown/preview", form: typed, it.headers)
            #expect(page.status == .ok && page.text.contains("Typed") && page.text.contains("words"))
            #expect(try await client.post("/api/markdown/preview", json: "{}").status == .unauthorized)
        }
        #expect(it.harness.publishing.changes.isEmpty)
    }

    @Test("Pages made on request show their board to its owner, and ask others to sign in or say that it is not there")
    func pages() async throws {
        let it = try await Furnished()
        let stranger = try await it.harness.cookie(of: it.harness.anna)
        let paths = [
            Route.ideaboardHistory(it.board.id).path, Route.attachTrends(it.board.id).path,
            Route.attachTrend.path + "?trend=\(it.trends[1])",
        ]
        try await it.harness.test { client in
            for path in paths {
                let page = try await client.get(path, it.headers)
                #expect(page.status == .ok && page.text.hasPrefix("board of mara@example.com"))
                #expect(page.headers[.cacheControl] == "no-store")
                let anyone = try await client.get(path)
                #expect(anyone.status == .seeOther && anyone.headers[.location]?.hasPrefix("/sign-in/?next=") == true)
                let foreign = try await client.get(path, [.cookie: stranger, .accept: "text/html"])
                #expect(foreign.status != .ok && !foreign.text.contains("Board"))
            }
        }
    }

    @Test("Pages that are files are found beside those made on request")
    func files() async throws {
        let it = try await Furnished()
        let paths = [
            "/ideaboards/", "/ideaboards/page/2/", "/ideaboards/draft/", "/ideaboards/draft/page/2/",
            Route.ideaboard(it.board.id).path,
        ]
        for path in paths { it.harness.sites.set(path, of: .user(it.harness.mara), to: "file \(path)") }
        try await it.harness.test { client in
            for path in paths {
                let answer = try await client.get(path, it.headers)
                #expect(answer.text == "file \(path)")
            }
        }
    }

    @Test("Somebody else's board is 404 on every route, and stays as it is", arguments: APIRoute.BoardVerb.allCases)
    func foreign(_ verb: APIRoute.BoardVerb) async throws {
        let it = try await Furnished()
        let cookie: HTTPFields = [.cookie: try await it.harness.cookie(of: it.harness.anna)]
        let bodies: [APIRoute.BoardVerb: String] = [
            .save: "version=1&content=x", .detach: "trend=\(it.trends[0])", .raise: "trend=\(it.trends[0])",
        ]
        try await it.harness.test { client in
            let form = try await client.post(it.form(verb), form: bodies[verb] ?? "", cookie)
            let board = try await client.get(APIRoute.ideaboard(it.board.id).path, cookie)
            let versions = try await client.get(APIRoute.ideaboardVersions(it.board.id).path, cookie)
            #expect([form.status, board.status, versions.status] == [.notFound, .notFound, .notFound])
        }
        #expect(try await it.stored == it.board)
    }

    @Test("Answers keep to the schemas of the document, the conflict too")
    func schemas() async throws {
        let it = try await Furnished()
        try await it.harness.test { client in
            let document = try await client.get("/api/openapi.json").json
            let checker = SchemaChecker(document: document)
            for (pattern, path) in [
                (APIRoute.ideaboards, APIRoute.ideaboards), (.ideaboard(), .ideaboard(it.board.id)),
                (.ideaboardVersions(), .ideaboardVersions(it.board.id)),
                (.ideaboardVersion(), .ideaboardVersion(it.board.id, "1")),
            ] {
                let answer = try await client.get(path.path, it.headers)
                let responses = document["paths"]?[pattern.path]?["get"]?["responses"]
                let schema = try #require(responses?["200"]?["content"]?["application/json"]?["schema"])
                #expect(checker.problem(answer.json, schema) == nil, "\(path)")
            }
            let late = try await client.patch(
                APIRoute.ideaboard(it.board.id).path, json: #"{"version":7,"content":"x"}"#, [.cookie: it.cookie])
            let failure = try #require(document["components"]?["schemas"]?["Failure"])
            #expect(late.status == .conflict && checker.problem(late.json, failure) == nil)
        }
    }
}
