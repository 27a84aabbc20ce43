import Foundation
import TestSupport
import Testing

/// A designer needs no compiler: files are edited while the program runs.
@Suite("kapture serve --watch", .timeLimit(.minutes(2)))
struct WatchTests {
    private let layout = "Templates/layouts/public.mustache"

    @Test("A changed template shows; a broken one is logged once with its place and the old pages stay")
    func templates() async throws {
        let house = try House()
        let (server, address) = try await Running.serve(try house.copyRoot() + ["--watch"], in: house.path)
        #expect(try await !Page.get(address + "/").body.contains("first edit"))

        try house.edit(layout, "</body>", "<p>first edit</p></body>")
        _ = try await server.log.first("templates reloaded")
        #expect(try await Page.get(address + "/").body.contains("<p>first edit</p>"))

        try house.edit(layout, "first edit", "{{nonsense}}")
        let complaint = try await server.log.first("templates not reloaded")
        #expect(complaint.contains("\"level\":\"error\""))
        #expect(complaint.contains(#/layouts/public\.mustache:\d+: [^"]*nonsense/#), "\(complaint)")
        let during = try await Page.get(address + "/")
        #expect(during.status == 200 && during.body.contains("<p>first edit</p>"))

        let count = server.log.all.count
        try house.edit(layout, "{{nonsense}}", "second edit")
        _ = try await server.log.first("templates reloaded", after: count)
        #expect(try await Page.get(address + "/").body.contains("<p>second edit</p>"))
        #expect(server.log.all.filter { $0.contains("templates not reloaded") }.count == 1)
    }

    @Test("A changed text shows, and a changed style under its new address while the old one still works")
    func contentAndAssets() async throws {
        let house = try House()
        let (server, address) = try await Running.serve(try house.copyRoot() + ["--watch"], in: house.path)
        func style() async throws -> String {
            let page = try await Page.get(address + "/").body
            return try String(#require(page.firstMatch(of: #//assets/app\.[0-9a-z]+\.css/#)?.0))
        }
        let old = try await style()

        try house.edit("Public/app.css", "\n", "\n.watched { color: red }\n")
        _ = try await server.log.first("templates reloaded")
        let new = try await style()
        #expect(new != old)
        #expect(try await Page.get(address + new).body.contains(".watched { color: red }"))
        #expect(try await Page.get(address + old).status == 200)

        let count = server.log.all.count
        try house.edit("Content/Pages/legal/terms.md", "title: ", "title: Watched ")
        _ = try await server.log.first("templates reloaded", after: count)
        #expect(try await Page.get(address + "/legal/terms/").body.contains("Watched "))
        server.signal(SIGTERM)
        #expect(try await server.status() == 0)
    }

    @Test("A changed mail is sent in its new words")
    func mails() async throws {
        let (house, mails) = try await AccountHouse.withMail(watches: true)
        try await house.add("mara@example.com")
        let browser = Browser(house.address)
        _ = try await browser.post("/api/auth/reset", ["email": "mara@example.com"])
        #expect(try await !mails.next(TakenMail.self).text.contains("Watched words"))

        try house.house.edit("Templates/mails/reset-password.txt.mustache", "Hello", "Watched words, hello")
        _ = try await house.server.log.first("templates reloaded")
        _ = try await browser.post("/api/auth/reset", ["email": "mara@example.com"])

        #expect(try await mails.next(TakenMail.self).text.contains("Watched words, hello"))
    }
}
