import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Watchlists over HTTP")
struct WatchlistRouteTests {
    private func furnished() async throws -> (harness: Harness, cookie: String) {
        let harness = try await Harness()
        for (index, title) in ["Solid oak", "Pine"].enumerated() {
            let at = StoreFixture.start.adding(hours: Double(index))
            try harness.fixture.see("v\(index)", title: title, views: 50, at: at)
        }
        return (harness, try await harness.cookie(of: harness.mara))
    }

    @Test("Created, read, replaced and deleted as JSON")
    func life() async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let made = try await client.post(
                "/api/watchlists", json: #"{"name":"Wood","keywords":["oak"],"platforms":["youtube"]}"#,
                [.cookie: cookie])
            #expect(made.status == .created)
            let id = try #require(made.json["data"]?["id"]?.text)
            let list = try await client.get("/api/trends", [.cookie: cookie])
            #expect(list.json["data"]?.array?.count == 1)

            let put = try await client.send(
                .put, "/api/watchlists/\(id)", #"{"name":"Trees","must_words":["pine"]}"#, "application/json",
                [.cookie: cookie])
            #expect(put.json["data"]?["rule"]?["must_words"] == .array([.text("pine")]))
            #expect(put.json["data"]?["rule"]?["keywords"] == .array([]))

            let gone = try await client.delete("/api/watchlists/\(id)", [.cookie: cookie])
            #expect(gone.status == .ok)
            let missing = try await client.get("/api/watchlists/\(id)", [.cookie: cookie])
            #expect(missing.status == .notFound)
        }
        #expect(harness.publishing.changes.count == 3)
    }

    @Test("A form goes to the watchlist's page, its words split at commas and lines")
    func form() async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let answer = try await client.post(
                "/api/watchlists", form: "name=Wood&keywords=oak%2C+walnut%0D%0Apine&minimum_views=&shorts=include",
                [.cookie: cookie])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location]?.hasPrefix("/trends/watchlists/") == true)
        }
        let rule = try #require(await harness.fixture.store.watchlists(of: harness.mara).first).rule
        #expect(rule.keywords == ["oak", "walnut", "pine"])
    }

    @Test(
        "A number of views that no post can have is refused, whichever side it is on",
        arguments: [
            "-1", "1000000000000001", "99999999999999999999",
        ])
    func impossibleViews(_ views: String) async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let answer = try await client.post(
                "/api/watchlists", json: #"{"name":"Wood","keywords":["oak"],"minimum_views":\#(views)}"#,
                [.cookie: cookie])
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("minimum_views must be 0 to 1000000000000000"))
        }
    }

    @Test("A wrong form comes back with what was typed, 422")
    func wrongForm() async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let answer = try await client.post(
                "/api/watchlists", form: "name=+&keywords=oak&minimum_views=many", [.cookie: cookie])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("name must not be empty"))
            #expect(answer.text.contains("minimum_views must be a whole number"))
            #expect(answer.text.contains("oak"))
        }
    }

    @Test(
        "Each wrong rule is named",
        arguments: [
            (#"{"name":"W","keywords":[""]}"#, "keywords[0] must not be empty"),
            (
                #"{"name":"W","platforms":["vine"]}"#,
                "platforms[0] must be one of youtube, tiktok, reddit, twitter, web"
            ),
            (
                #"{"name":"W","minimum_duration":9,"maximum_duration":3}"#,
                "minimum_duration must not be above maximum_duration"
            ),
            (#"{"name":"W","colour":"red"}"#, "colour is not known here"),
            (#"{"keywords":["oak"]}"#, "name is missing"),
            (#"{"name":"W","language":"x"}"#, "language must be 2 to 35 characters long"),
        ])
    func wrong(body: String, problem: String) async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let answer = try await client.post("/api/watchlists", json: body, [.cookie: cookie])
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains(problem), "\(answer.text)")
        }
        #expect(try await harness.fixture.store.watchlists(of: harness.mara).isEmpty)
    }

    @Test("101 keywords are refused")
    func many() async throws {
        let (harness, cookie) = try await furnished()
        let words = (0..<101).map { "\"w\($0)\"" }.joined(separator: ",")

        try await harness.test { client in
            let answer = try await client.post(
                "/api/watchlists", json: #"{"name":"W","keywords":[\#(words)]}"#, [.cookie: cookie])
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("keywords must have at most 100 entries"))
        }
    }

    @Test("A preview tells programs the numbers and shows a form the editor")
    func preview() async throws {
        let (harness, cookie) = try await furnished()

        try await harness.test { client in
            let json = try await client.post(
                "/api/watchlists/preview", json: #"{"keywords":["oak"]}"#, [.cookie: cookie])
            #expect(json.json["data"]?["matching"] == .integer(1))
            #expect(json.json["data"]?["examined"] == .integer(2))
            let form = try await client.post(
                "/api/watchlists/preview", form: "name=&keywords=pine", [.cookie: cookie])
            #expect(form.status == .ok)
            #expect(form.text.contains("pine") && form.text.hasSuffix(" 1"))
            let wrong = try await client.post(
                "/api/watchlists/preview", form: "minimum_views=many", [.cookie: cookie])
            #expect(wrong.status == .unprocessableContent)
        }
    }

    @Test("The editor is shown to its owner alone")
    func editor() async throws {
        let (harness, cookie) = try await furnished()
        let (watchlist, _) = try await harness.fixture.store.addWatchlist(
            try WatchlistDraft(name: "Wood", rule: .everything), for: harness.mara, now: StoreFixture.start)
        let anna = try await harness.cookie(of: harness.anna)
        let address = "/trends/watchlists/\(watchlist.id)/edit/"

        try await harness.test { client in
            let mine = try await client.get(address, [.cookie: cookie])
            #expect(mine.status == .ok && mine.text.contains("Wood"))
            #expect(try await client.get(address, [.cookie: anna]).status == .notFound)
            #expect(try await client.get(address).headers[.location]?.hasPrefix("/sign-in/") == true)
            #expect(try await client.get("/trends/watchlists/new/", [.cookie: cookie]).status == .ok)
        }
    }
}

@Suite("Trends together over HTTP")
struct TrendBulkRouteTests {
    private func furnished() async throws -> (harness: Harness, cookie: String, trends: [Trend]) {
        let harness = try await Harness()
        let store = harness.fixture.store
        _ = try store.createWatchlist("All", rule: .everything, for: harness.mara, now: StoreFixture.start)
        for index in 0..<3 {
            try harness.fixture.see("v\(index)", views: 9, at: StoreFixture.start.adding(hours: Double(index)))
        }
        let trends = try await store.trends(of: harness.mara, TrendFilter(), Paging()).items
        return (harness, try await harness.cookie(of: harness.mara), trends)
    }

    @Test("Several are saved by JSON, or by the buttons of a list's form, which leads back")
    func bulk() async throws {
        let (harness, cookie, trends) = try await furnished()
        let ids = trends.map(\.id.rawValue)

        try await harness.test { client in
            let json = try await client.post(
                "/api/trends/bulk", json: #"{"ids":["\#(ids[0])","\#(ids[1])"],"state":"saved"}"#, [.cookie: cookie])
            #expect(json.json["data"]?["ids"]?.array?.count == 2)
            let form = try await client.post(
                "/api/trends/bulk", form: "ids=\(ids[2])&state=hidden&add_tags=&next=%2Ftrends%2Fpage%2F2%2F",
                [.cookie: cookie])
            #expect(form.status == .seeOther)
            #expect(form.headers[.location] == "/trends/page/2/")
            let none = try await client.post("/api/trends/bulk", json: #"{"state":"saved"}"#, [.cookie: cookie])
            #expect(none.status == .badRequest)
            #expect(none.text.contains("ids must name at least one trend"))
        }
        let states = try await harness.fixture.store.trends(of: harness.mara, TrendFilter(), Paging()).items.map(
            \.state)
        #expect(states == [.saved, .saved])
    }

    @Test("Another user's trends stay as they are")
    func foreign() async throws {
        let (harness, _, trends) = try await furnished()
        let anna = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.post(
                "/api/trends/bulk", json: #"{"ids":["\#(trends[0].id)"],"state":"hidden"}"#, [.cookie: anna])
            #expect(answer.json["data"]?["ids"] == .array([]))
        }
        #expect(try await harness.fixture.store.trend(trends[0].id, of: harness.mara)?.state == .new)
    }

    @Test("A visit ends, and a trend is tagged and removed by forms")
    func forms() async throws {
        let (harness, cookie, trends) = try await furnished()

        try await harness.test { client in
            let visit = try await client.post(
                "/api/visits", form: "until=\(trends[0].addedAt.milliseconds)", [.cookie: cookie])
            #expect(visit.headers[.location] == "/dashboard/")
            let tags = try await client.post(
                "/api/trends/\(trends[1].id)/tags", form: "tags=hook%2C+Cold+open", [.cookie: cookie])
            #expect(tags.headers[.location] == "/trends/\(trends[1].id)/")
            let gone = try await client.post("/api/trends/\(trends[2].id)/delete", form: "", [.cookie: cookie])
            #expect(gone.headers[.location] == "/trends/")
        }
        let left = try await harness.fixture.store.trends(of: harness.mara, TrendFilter(), Paging()).items
        #expect(left.map(\.state) == [.seen, .seen])
        #expect(left.map(\.tags) == [[], ["hook", "Cold open"]])
    }
}
