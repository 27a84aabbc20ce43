import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Trends over HTTP")
struct TrendRouteTests {
    /// Mara follows everything and has three trends; the newest is "Third".
    private func furnished() async throws -> (harness: Harness, cookie: String, trends: [Trend]) {
        let harness = try await Harness()
        let store = harness.fixture.store
        _ = try store.createWatchlist("All", rule: .everything, for: harness.mara, now: StoreFixture.start)
        for (index, title) in ["First oak", "Second oak", "Third pine"].enumerated() {
            let at = StoreFixture.start.adding(hours: Double(index))
            try harness.fixture.see("v\(index)", title: title, views: Int64(300 - index * 100), at: at)
        }
        let trends = try await store.trends(of: harness.mara, TrendFilter(), Paging()).items
        return (harness, try await harness.cookie(of: harness.mara), trends)
    }

    private func titles(_ answer: TestResponse) -> [String] {
        (answer.json["data"]?.array ?? []).compactMap { $0["title"]?.text }
    }

    @Test(
        "The list is paged, filtered and ordered as asked",
        arguments: [
            ("", ["Third pine", "Second oak", "First oak"]),
            ("?sort=views", ["First oak", "Second oak", "Third pine"]),
            ("?limit=2&page=2", ["First oak"]), ("?q=OAK", ["Second oak", "First oak"]),
            ("?min_views=200&q=", ["Second oak", "First oak"]),
            ("?state=saved", []), ("?platform=tiktok&platform=reddit", []),
        ])
    func list(query: String, expected: [String]) async throws {
        let (harness, cookie, _) = try await furnished()

        try await harness.test { client in
            let answer = try await client.get("/api/trends" + query, [.cookie: cookie])
            #expect(answer.status == .ok)
            #expect(titles(answer) == expected)
        }
    }

    @Test("The list tells its pages")
    func pagination() async throws {
        let (harness, cookie, _) = try await furnished()

        try await harness.test { client in
            let answer = try await client.get("/api/trends?limit=2", [.cookie: cookie])
            #expect(
                answer.json["meta"]?["pagination"]
                    == .object([
                        "page": .integer(1), "limit": .integer(2), "total": .integer(3), "totalPages": .integer(2),
                    ]))
        }
    }

    @Test(
        "Wrong parameters are all named",
        arguments: [
            ("?page=0", "page must be 1 to 1000000"), ("?limit=101", "limit must be 1 to 100"),
            ("?limit=2&limit=3", "limit must be given once"),
            ("?state=old", "state[0] must be one of new, seen, saved, hidden"), ("?foo=1", "foo is not known here"),
            ("?watchlist=7", "watchlist must be an id such as 01990000-0000-7000-8000-000000000001"),
            ("?q=%00", "q must not contain NUL characters"),
            ("?q=%ff", "query must be UTF-8 text"),
        ])
    func wrongQuery(query: String, problem: String) async throws {
        let (harness, cookie, _) = try await furnished()

        try await harness.test { client in
            let answer = try await client.get("/api/trends" + query, [.cookie: cookie])
            #expect(answer.status == .badRequest)
            #expect(answer.json["error"]?["code"] == .text("VALIDATION_ERROR"))
            let details = answer.json["error"]?["details"]?.array ?? []
            #expect(details.compactMap { "\($0["field"]?.text ?? "") \($0["rule"]?.text ?? "")" } == [problem])
        }
    }

    @Test("An edit is answered with the trend, published, and shown from then on")
    func edit() async throws {
        let (harness, cookie, trends) = try await furnished()
        let path = APIRoute.trend(trends[0].id).path

        try await harness.test { client in
            let body = #"{"state":"saved","tags":["Hook","hook","wood"]}"#
            let answer = try await client.patch(path, json: body, [.cookie: cookie])
            #expect(answer.status == .ok)
            #expect(answer.json["data"]?["tags"] == .array([.text("Hook"), .text("wood")]))
            let whole = try await client.get(path, [.cookie: cookie])
            #expect(whole.json["data"]?["state"] == .text("saved"))
            #expect(whole.json["data"]?["history"]?.array?.count == 1)
            let tagged = try await client.get("/api/trends?tag=HOOK&state=saved", [.cookie: cookie])
            #expect(titles(tagged) == ["Third pine"])
        }
        let revision = try harness.fixture.store.version(of: .user(harness.mara))?.revision
        #expect(harness.publishing.changes == [Change(site: .user(harness.mara), revision: try #require(revision))])
    }

    @Test("An edit that changes nothing publishes nothing")
    func noChange() async throws {
        let (harness, cookie, trends) = try await furnished()

        try await harness.test { client in
            let path = APIRoute.trend(trends[0].id).path
            let same = try await client.patch(path, json: #"{"state":"new"}"#, [.cookie: cookie])
            let none = try await client.patch(path, json: "{}", [.cookie: cookie])
            #expect((same.status, none.status) == (.ok, .ok))
        }
        #expect(harness.publishing.changes.isEmpty)
    }

    @Test(
        "A form is led to the trend, or to where it wants to go",
        arguments: [
            ("state=saved", nil), ("state=saved&next=%2Ftrends%2F", "/trends/"),
            ("state=saved&next=%2F%2Fevil.example", nil),
        ] as [(String, String?)])
    func form(body: String, next: String?) async throws {
        let (harness, cookie, trends) = try await furnished()

        try await harness.test { client in
            let path = APIRoute.trendState(trends[0].id).path
            let answer = try await client.post(path, form: body, [.cookie: cookie])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == next ?? Route.trend(trends[0].id).path)
        }
        #expect(try await harness.fixture.store.trend(trends[0].id, of: harness.mara)?.state == .saved)
    }

    @Test("A wrong form is 422 and a page; wrong JSON is 400 and the envelope")
    func wrongForm() async throws {
        let (harness, cookie, trends) = try await furnished()
        let path = APIRoute.trendState(trends[0].id).path

        try await harness.test { client in
            let headers: HTTPFields = [.cookie: cookie, .accept: "text/html"]
            let form = try await client.post(path, form: "state=odd", headers)
            #expect(form.status == .unprocessableContent)
            #expect(form.text.hasPrefix("failure 422"))
            let json = try await client.post(path, json: #"{"state":"odd"}"#, headers)
            #expect(json.status == .badRequest)
            #expect(json.json["success"] == .bool(false))
        }
    }

    @Test(
        "Bodies that cannot be read say where and why",
        arguments: [
            (
                "{\"state\":\n tru}", "body must be JSON; at line 2, column 2, a value was expected",
                HTTPResponse.Status.badRequest
            ),
            ("[1]", "body must be a JSON object", .badRequest),
            ("{\"state\"", "body must be JSON; at line 1, column 9, it ends too early", .badRequest),
            (
                #"{"tags":""# + String(repeating: "a", count: 70_000) + "\"}", "The body is larger than 64 KiB.",
                .contentTooLarge
            ),
        ])
    func unreadable(body: String, message: String, status: HTTPResponse.Status) async throws {
        let (harness, cookie, trends) = try await furnished()

        try await harness.test { client in
            let answer = try await client.patch(APIRoute.trend(trends[0].id).path, json: body, [.cookie: cookie])
            #expect(answer.status == status)
            #expect(answer.json["error"]?["message"]?.text?.contains(message) == true, "\(answer.text)")
        }
    }

    @Test("A body that is not UTF-8, or of another type, is refused")
    func otherBodies() async throws {
        let (harness, cookie, trends) = try await furnished()
        let path = APIRoute.trend(trends[0].id).path

        try await harness.test { client in
            let text = try await client.send(.patch, path, "state=saved", "text/plain", [.cookie: cookie])
            #expect(text.status == .unsupportedMediaType)
            let headers: HTTPFields = [.cookie: cookie, .contentType: "application/json", .origin: Harness.origin]
            let bytes = ByteBuffer(bytes: Array("{\"state\":\"".utf8) + [0xFF] + Array("\"}".utf8))
            let broken = try await client.execute(uri: path, method: .patch, headers: headers, body: bytes) { $0 }
            #expect(broken.status == .badRequest)
            #expect(broken.text.contains("must be UTF-8 text"))
        }
    }

    @Test("Somebody else's trend, an unknown and a malformed id are all 404", arguments: [0, 1, 2])
    func foreign(which: Int) async throws {
        let (harness, _, trends) = try await furnished()
        let stranger = try await harness.cookie(of: harness.anna)
        let id = [trends[0].id.rawValue, "01990000-0000-7000-8000-00000000ffff", "7"][which]

        try await harness.test { client in
            let path = "/api/trends/\(id)"
            let read = try await client.get(path, [.cookie: stranger])
            let edited = try await client.patch(path, json: #"{"state":"hidden"}"#, [.cookie: stranger])
            let removed = try await client.delete(path, [.cookie: stranger])
            #expect([read, edited, removed].map(\.status) == [.notFound, .notFound, .notFound])
        }
        #expect(try await harness.fixture.store.trend(trends[0].id, of: harness.mara) == trends[0])
        #expect(harness.publishing.changes.isEmpty)
    }

    @Test("A removed trend is gone, and its removal published")
    func remove() async throws {
        let (harness, cookie, trends) = try await furnished()
        let path = APIRoute.trend(trends[0].id).path

        try await harness.test { client in
            let answer = try await client.delete(path, [.cookie: cookie])
            #expect(answer.json["data"] == .object(["id": .text(trends[0].id.rawValue), "removed": .bool(true)]))
            #expect(try await client.get(path, [.cookie: cookie]).status == .notFound)
            #expect(try await client.delete(path, [.cookie: cookie]).status == .notFound)
        }
        #expect(harness.publishing.changes.count == 1)
    }

    @Test("Answers keep to the schemas of the document")
    func schemas() async throws {
        let (harness, cookie, trends) = try await furnished()

        try await harness.test { client in
            let document = try await client.get("/api/openapi.json").json
            let checker = SchemaChecker(document: document)
            for (pattern, path) in [
                ("/api/trends", "/api/trends"), ("/api/trends/{id}", "/api/trends/\(trends[0].id)"),
            ] {
                let answer = try await client.get(path, [.cookie: cookie])
                let responses = document["paths"]?[pattern]?["get"]?["responses"]
                let schema = try #require(responses?["200"]?["content"]?["application/json"]?["schema"])
                #expect(checker.problem(answer.json, schema) == nil)
            }
        }
    }
}
