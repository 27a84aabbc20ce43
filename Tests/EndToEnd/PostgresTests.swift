import Core
import Foundation
import FoundationNetworking
import SQL
import Store
import TestSupport
import Testing

@Suite("Kapture on PostgreSQL")
struct PostgresTests {
    @Test("Every command works on it, and a copy gives the same pages")
    func commands() async throws {
        let folder = try TemporaryFolder()
        let home = try await TestDatabase(.postgres, isMigrated: false)
        let url = home.url
        let kapture = KaptureProgram(folder: folder.path, database: url)
        let demo = try await kapture.run("demo", "--data", "data", "--fill-only")
        #expect(demo.status == 0, "\(demo.output)")
        let email = try #require(demo.output.firstMatch(of: /email: (\S+)/)).1
        let picture = try await Self.givePicture(to: String(email), in: home)
        let again = try await kapture.run("demo", "--data", "other", "--fill-only")
        #expect(again.status != 0 && again.output.contains("KAPTURE_DATABASE_URL"))
        let posts = RepositoryRoot.path + "/Content/Demo/youtube-2026-08.jsonl"
        let imported = try await kapture.run("import", posts, "--data", "data")
        #expect(imported.status == 0 && imported.output.contains("rejected"), "\(imported.output)")
        let published = try await kapture.run("publish", "--data", "data")
        #expect(published.output.contains("1 published"), "\(published.output)")
        let behind = try await kapture.run("publish", "--dry-run", "--data", "data")
        #expect(behind.output.contains("1 site: 0 behind"), "\(behind.output)")
        let copied = try await kapture.run("copy", "--to", "sqlite:copy/kapture.db", "--data", "data")
        #expect(copied.status != 0 && copied.output.contains("copy/kapture.db"), "a folder that is missing is named")
        try FileManager.default.createDirectory(atPath: folder.path + "/copy", withIntermediateDirectories: true)
        let whole = try await kapture.run("copy", "--to", "sqlite:copy/kapture.db", "--data", "data")
        #expect(whole.status == 0 && whole.output.contains("verified"), "\(whole.output)")
        let copy = KaptureProgram(folder: folder.path, database: "")
        _ = try await kapture.run("publish", "--user", String(email), "--output", "one", "--data", "data")
        _ = try await copy.run("publish", "--user", String(email), "--output", "two", "--data", "copy")
        let pages = try Self.files(below: folder.path + "/one")
        #expect(pages.count > 20)
        #expect(try Self.files(below: folder.path + "/two") == pages)
        let store = try await offPool { try Store(sqlite: folder.path + "/copy/kapture.db") }
        let user = try #require(try await store.user(email: String(email)))
        #expect(user.picture == picture.digest)
        #expect(try await store.picture(picture.digest, of: user.id) == picture.picture)
        #expect(
            pages.values.contains { String(decoding: $0, as: UTF8.self).contains("/picture/\(picture.digest.text)") })
        withExtendedLifetime(home) {}
    }

    @Test("While PostgreSQL is away the answer says so, and when it is back all goes on")
    func restart() async throws {
        let (server, folder) = (try await PostgresServer.start(), try TemporaryFolder())
        let url = server.url(of: "postgres")
        let kapture = KaptureProgram(folder: folder.path, database: url)
        let running = try await kapture.start("demo", "--data", "data", "--port", "0", until: "password")
        let site = Site(try #require(running.facts["address"]))
        let form = ["email": running.facts["email"] ?? "", "password": running.facts["password"] ?? ""]
        #expect(try await site.post("/api/auth/sign-in", form) == 303)
        #expect(try await site.get("/dashboard/") == 200)
        try await server.stop()
        #expect(try await site.get("/dashboard/") == 503)
        #expect(try await site.get("/pricing/") == 200)
        try await server.restart()
        #expect(try await site.get("/dashboard/") == 200)
        withExtendedLifetime(running) {}
    }

    private static func givePicture(to email: String, in database: TestDatabase) async throws -> NamedPicture {
        let store = try await offPool { try Store(database.address) }
        defer { try? store.close() }
        let (user, picture) = (try #require(try await store.user(email: email)), try NamedPicture.sample())
        _ = try await store.setPicture(picture, of: user.id, now: user.createdAt)
        return picture
    }

    private static func files(below folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.contains(".") {
            files[path] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"))
        }
        return files
    }
}

/// A browser of one visitor, as far as these tests need one.
private struct Site {
    let address: String
    private let session = URLSession(configuration: .ephemeral, delegate: Staying(), delegateQueue: nil)

    init(_ address: String) {
        self.address = address
    }

    func get(_ path: String) async throws -> Int {
        try await status(of: URLRequest(url: URL(string: address + path)!))
    }

    func post(_ path: String, _ form: [String: String]) async throws -> Int {
        var request = URLRequest(url: URL(string: address + path)!)
        request.httpMethod = "POST"
        request.setValue("same-origin", forHTTPHeaderField: "Sec-Fetch-Site")
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        var fields = URLComponents()
        fields.queryItems = form.map { URLQueryItem(name: $0.key, value: $0.value) }
        request.httpBody = Data((fields.percentEncodedQuery ?? "").utf8)
        return try await status(of: request)
    }

    private func status(of request: URLRequest) async throws -> Int {
        var request = request
        request.setValue("text/html", forHTTPHeaderField: "Accept")
        let (_, response) = try await session.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }
}

/// Follows no redirect.
private final class Staying: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
