import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Page")
struct PageTests {
    @Test("is served to its owner, and to nobody else")
    func privacy() async throws {
        let harness = try await Harness()
        let (anna, boris) = try await (harness.cookie(of: harness.anna), harness.cookie(of: harness.boris))

        try await harness.test { client in
            #expect(try await client.get("/dashboard/", [.cookie: anna]).text.hasPrefix("anna's page"))
            #expect(try await client.get("/dashboard/", [.cookie: boris]).text.hasPrefix("boris's page"))
            let stranger = try await client.get("/dashboard/")
            #expect(stranger.status == .seeOther)
            #expect(stranger.text.isEmpty)
        }
    }

    @Test(
        "that is private sends strangers to the sign-in form, which knows the way back",
        arguments: [
            ("/dashboard/", "/sign-in/?next=/dashboard/"),
            ("/dashboard", "/sign-in/?next=/dashboard"),
            ("/trends/x/?sort=new&page=2", "/sign-in/?next=/trends/x/%3Fsort%3Dnew%26page%3D2"),
            ("/settings/nowhere", "/sign-in/?next=/settings/nowhere"),
            ("/settings/account/", "/sign-in/?next=/settings/account/"),
            ("/settings/account/nowhere/", "/sign-in/?next=/settings/account/nowhere/"),
        ])
    func signInNeeded(address: String, target: String) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            for cookie in ["", "kapture=AAAA", "kapture=\(String(repeating: "A", count: 43))"] {
                let answer = try await client.get(address, [.cookie: cookie])
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == target)
                #expect(answer.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test(
        "that is private is kept by the browser alone, one that is public by everybody",
        arguments: [
            ("/dashboard/", "private, no-cache", "Cookie, Accept-Encoding"),
            ("/help/", "public, max-age=0, s-maxage=60, stale-while-revalidate=60", "Accept-Encoding"),
        ])
    func caching(address: String, control: String, vary: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get(address, [.cookie: cookie])
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == control)
            #expect(answer.headers[.vary] == vary)
            #expect(answer.headers[.eTag]?.hasPrefix("W/\"") == true)
            #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test("that lists boards of a status which none has leads to all boards", arguments: ["", "page/2/"])
    func emptiedList(_ rest: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        try await harness.test { client in
            let answer = try await client.get("/ideaboards/archived/" + rest, [.cookie: cookie])
            #expect(answer.status == .seeOther && answer.headers[.location] == "/ideaboards/")
        }
    }

    @Test("without the slash at its end leads to the page", arguments: ["/dashboard", "/help"])
    func slash(address: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get(address + "?a=1", [.cookie: cookie])
            #expect(answer.status == .permanentRedirect)
            #expect(answer.headers[.location] == address + "/?a=1")
        }
    }

    @Test(
        "that does not exist is the 404 page",
        arguments: [
            "/nothing/", "/dashboard/nothing", "/help/x.html", "/help//", "/%2e%2e/etc/passwd", "/assets/app.css",
            "/shared/abc/", "/help/../dashboard/",
        ])
    func missing(address: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get(address, [.cookie: cookie])
            #expect(answer.status == .notFound)
            #expect(answer.text == "not here")
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test("for signing in leads those who are signed in to the dashboard")
    func door() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            #expect(try await client.get("/sign-in/").text == "sign-in form")
            let known = try await client.get("/sign-in/", [.cookie: cookie])
            #expect(known.status == .seeOther)
            #expect(known.headers[.location] == "/dashboard/")
            let onTheWay = try await client.get("/sign-in/?next=%2Ftrends%2F", [.cookie: cookie])
            #expect(onTheWay.headers[.location] == "/trends/")
        }
    }

    @Test(
        "for signing in carries the way back, if it is one of ours",
        arguments: [
            ("/trends/?a=1", "/trends/?a=1"), ("//evil.example", nil), ("https://evil.example/", nil),
            ("/\\evil.example", nil), ("/%09/evil.example", nil), ("/a\nb", nil), ("", nil),
            ("/api/auth/sign-out", nil), ("/sign-in/?next=/", nil), ("dashboard", nil),
        ])
    func next(asked: String, kept: String?) async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.get("/sign-in/?next=" + FormText.encoded(asked))
            let expected = kept.map { "sign-in email= next=\($0) problems=[]" } ?? "sign-in form"
            #expect(answer.text == expected)
        }
    }

    @Test(
        "is not sent again to a browser that has it",
        arguments: [
            ("/dashboard/", true), ("/help/", true), ("/dashboard/", false),
        ])
    func notModified(address: String, isHead: Bool) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let tag = try #require(try await client.get(address, [.cookie: cookie]).headers[.eTag])
            for header in [tag, "\"other\", \(tag)", "*", String(tag.dropFirst(2))] {
                let fields: HTTPFields = [.cookie: cookie, .ifNoneMatch: header, .acceptEncoding: "gzip"]
                let answer = isHead ? try await client.head(address, fields) : try await client.get(address, fields)
                #expect(answer.status == .notModified)
                #expect(answer.text.isEmpty)
                #expect(answer.headers[.eTag] == tag)
                #expect(answer.headers[.vary] != nil && answer.headers[.cacheControl] != nil)
                #expect(answer.headers[.contentType] == nil && answer.headers[.contentLength] == nil)
            }
            let other = try await client.get(address, [.cookie: cookie, .ifNoneMatch: "W/\"0123\""])
            #expect(other.status == .ok)
        }
    }

    @Test("of another user does not match a tag that the browser kept")
    func foreignTag() async throws {
        let harness = try await Harness()
        let (anna, boris) = try await (harness.cookie(of: harness.anna), harness.cookie(of: harness.boris))

        try await harness.test { client in
            let tag = try #require(try await client.get("/dashboard/", [.cookie: anna]).headers[.eTag])
            let answer = try await client.get("/dashboard/", [.cookie: boris, .ifNoneMatch: tag])
            #expect(answer.status == .ok)
            #expect(answer.text.hasPrefix("boris's page"))
            let stranger = try await client.get("/dashboard/", [.ifNoneMatch: tag])
            #expect(stranger.status == .seeOther)
        }
    }

    @Test("asked for with HEAD has the headers of the page and no body", arguments: ["/dashboard/", "/help/", "/no/"])
    func head(address: String) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let (get, head) = try await (
                client.get(address, [.cookie: cookie]), client.head(address, [.cookie: cookie])
            )
            #expect(head.text.isEmpty)
            #expect(head.status == get.status)
            for name in [HTTPField.Name.contentLength, .eTag, .contentType, .cacheControl] {
                #expect(head.headers[name] == get.headers[name])
            }
        }
    }

    @Test("goes through nginx by the address of its file, when told so")
    func accelRedirect() async throws {
        let harness = try await Harness { $0.accelRedirect = true }
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let answer = try await client.get("/dashboard/", [.cookie: cookie])
            #expect(answer.headers[.xAccelRedirect] == "/sites/e0/aa/key/dashboard/page.html")
            #expect(answer.text.isEmpty)
            let tag = try #require(answer.headers[.eTag])
            let again = try await client.get("/dashboard/", [.cookie: cookie, .ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.headers[.xAccelRedirect] == nil)
        }
    }

    @Test(
        "is private in the server exactly where it is private in the product",
        arguments: [
            Route.landing, .pricing, .helpIndex, .help(slug: "a"), .legal(slug: "a"), .notFound, .offline, .sitemap,
            .robots, .manifest, .serviceWorker, .dashboard, .downloads, .settings, .account, .trends(page: 1),
            .trends(page: 2),
            .watchlist(WatchlistID(rawValue: "w"), page: 1), .trend(TrendID(rawValue: "t")), .ideaboards(page: 1),
            .ideaboard(IdeaboardID(rawValue: "i")), .library(page: 3),
        ])
    func areas(route: Route) {
        #expect((SiteArea(path: route.path) == .personal) == route.isPrivate)
        #expect((SiteArea(path: route.path) == .everybody) == !route.isPrivate)
    }

    @Test(
        "is not reached by what is served elsewhere",
        arguments: [
            Route.status.path, Route.signInForm.path, Route.feed(token: "t", WatchlistID(rawValue: "w")).path,
            "/health/live",
            "/api", "/media/1", "/metrics",
        ])
    func elsewhere(path: String) {
        #expect(SiteArea(path: path) == .elsewhere)
    }

    @Test(
        "is found where the first word of its address leads elsewhere, too",
        arguments: [
            Route.reset, .mailSent, .help(slug: "reset"), .settings, .ideaboards(page: 2),
            .ideaboard(IdeaboardID(rawValue: "i")), .trends(page: 1), .library(page: 1),
        ])
    func sharedWords(route: Route) async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)
        harness.sites.set(route.path, of: route.isPrivate ? .user(harness.anna) : .publicPages, to: "the page")

        try await harness.test { client in
            let answer = try await client.get(route.path, [.cookie: cookie])
            #expect(answer.status == .ok && answer.text == "the page")
            for below in ["nowhere", "nowhere/at/all"] {
                let answer = try await client.get(route.path + below, [.cookie: cookie])
                #expect(answer.status == .notFound, "\(below)")
            }
        }
    }

    @Test("that somebody shared runs in a sandbox")
    func shared() async throws {
        let harness = try await Harness()
        harness.sites.set("/shared/abc/", of: .board(slug: "abc"), to: "a board")

        try await harness.test { client in
            let answer = try await client.get("/shared/abc/")
            #expect(answer.text == "a board")
            #expect(answer.headers[.contentSecurityPolicy]?.hasSuffix("; sandbox") == true)
        }
    }
}
