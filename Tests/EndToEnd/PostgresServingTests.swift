import Core
import Foundation
import Store
import TestSupport
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Serving from several processes", .timeLimit(.minutes(3)))
struct PostgresServingTests {
    private static let password = "ten letters and more"

    @Test(
        "Somebody signs up, and whatever is written shows at once on the pages of every server of the same database",
        arguments: TestEngine.allCases)
    func serving(engine: TestEngine) async throws {
        let home = try await TestDatabase(engine, isMigrated: false)
        let settings = ["KAPTURE_DATABASE_URL": home.url, "KAPTURE_SIGN_UP": "open"]
        let servers = try ["one", "two"].map { try ServedProgram(data: "\(home.folder.path)/\($0)", settings) }
        defer { for server in servers { server.stop() } }
        let (here, there) = (Visitor(servers[0].address), Visitor(servers[1].address))

        let account = ["email": "new@example.com", "password": Self.password]
        let newcomer = account.merging(["name": "New Person"]) { $1 }
        #expect(try await here.post("/api/auth/sign-up", newcomer).status == 201)
        #expect(try await there.post("/api/auth/sign-in", account).status == 200)
        #expect(try await here.get("/dashboard/").status == 200)
        for name in ["Oak", "Walnut", "Pine"] {
            let made = try await here.post("/api/watchlists", ["name": name])
            #expect(made.status == 201, "\(made.text)")
            for visitor in [here, there] { #expect(try await visitor.get("/trends/").text.contains(name)) }
        }
        let wrong = try await here.post("/api/watchlists", ["name": "NUL \0"])
        #expect(wrong.status == 400, "\(wrong.text)")
        #expect(try await there.get("/api/billing/usage").status == 200)
        #expect(try await there.get("/metrics").text.contains(#"kapture_database_size_bytes{file="main"}"#))
        #expect(try await there.get("/health").text.contains(#""status":"up""#))
        #expect(try servers[0].run(["doctor"]) == 0)
        for server in servers { #expect(server.stop() == 0) }
        withExtendedLifetime(home) {}
    }

    @Test("A backup of a serving PostgreSQL is restored into a file, and into an empty PostgreSQL but no other")
    func backup() async throws {
        let fixture = try await StoreFixture(.postgres)
        let (user, store) = (fixture.user, fixture.store)
        _ = try store.createIdeaboard("Kept", content: "# Text", for: user, now: StoreFixture.start)
        let (archive, empty) = (
            fixture.folder.path + "/backup.tar", try await TestDatabase(.postgres, isMigrated: false)
        )
        func kapture(_ database: String, _ arguments: String...) async throws -> KaptureProgram.Outcome {
            try await KaptureProgram(folder: fixture.folder.path, database: database).run(arguments)
        }

        let made = try await kapture(fixture.location, "backup", archive, "--data", "data")
        #expect(made.status == 0 && made.output.contains("verified"), "\(made.output)")
        let full = try await kapture(fixture.location, "restore", archive, "--data", "other")
        #expect(full.status != 0 && full.output.contains("not empty"), "\(full.output)")
        #expect(try await kapture("", "restore", archive, "--data", "file").status == 0)
        let back = try await kapture(empty.url, "restore", archive, "--data", "server")
        #expect(back.status == 0, "\(back.output)")

        for location in ["sqlite:\(fixture.folder.path)/file/kapture.db", empty.url] {
            let restored = try StoreFixture.open(location)
            #expect(try restored.withSnapshot(of: .user(user)) { try $0.ideaboards().map(\.title) } == ["Kept"])
            #expect(restored.serverKey == store.serverKey && restored.databaseID != store.databaseID)
            try restored.close()
        }
        withExtendedLifetime(empty) {}
    }
}

/// Somebody with a program that keeps its cookie.
private struct Visitor {
    let address: String
    private let session = URLSession(configuration: .ephemeral)

    init(_ address: String) {
        self.address = address
    }

    func get(_ path: String) async throws -> (status: Int, text: String) {
        try await answer(URLRequest(url: try #require(URL(string: address + path))))
    }

    func post(_ path: String, _ body: [String: String]) async throws -> (status: Int, text: String) {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = "POST"
        request.setValue(address, forHTTPHeaderField: "Origin")
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode(body)
        return try await answer(request)
    }

    private func answer(_ request: URLRequest) async throws -> (status: Int, text: String) {
        let (data, response) = try await session.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }
}
