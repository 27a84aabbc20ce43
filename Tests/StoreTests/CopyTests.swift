import Core
import Foundation
import SQL
import Site
import Store
import TestSupport
import Testing

@Suite("Copies of installations")
struct CopyTests {
    /// `KAPTURE_COPY_USERS` asks for more.
    private static let users = Int(ProcessInfo.processInfo.environment["KAPTURE_COPY_USERS"] ?? "") ?? 20

    @Test("To PostgreSQL and back: equal rows, equal pages, a database id of its own")
    func thereAndBack() async throws {
        let (first, there, back) = (
            try await TestDatabase(.sqlite), try await TestDatabase(.postgres, isMigrated: false),
            try await TestDatabase(.sqlite, isMigrated: false)
        )
        let users = try await Self.fill(first.address, seed: UInt64.random(in: 0...UInt64.max))
        let out = try await offPool { try StoreCopy(from: first.address, to: there.address).run() }
        let home = try await offPool { try StoreCopy(from: there.address, to: back.address).run() }
        #expect(out.filter { $0.name != "installation" } == home.filter { $0.name != "installation" })
        #expect(out.first { $0.name == "users" }?.digest.count == Int64(Self.users))
        let stores = try await offPool { try [first, there, back].map { try Store($0.address) } }
        #expect(Set(stores.map(\.databaseID)).count == 3)
        #expect(Set(stores.map(\.serverKey)).count == 1)
        let pages = try await offPool { try stores.map { try Self.pages(of: users, in: $0) } }
        #expect(pages[0].count > 10 * Self.users)
        #expect(pages[0] == pages[1] && pages[0] == pages[2])
    }

    @Test("What is no installation, or already one, is refused by name")
    func refusals() async throws {
        let (full, empty) = (try await TestDatabase(.sqlite), try await TestDatabase(.postgres, isMigrated: false))
        _ = try await Self.fill(full.address, seed: 1, users: 1)
        let missing = DatabaseAddress.sqlite(path: full.folder.path + "/missing.db")
        await #expect(throws: StoreFailure.self) { try await Self.copy(missing, empty.address) }
        let notOne = await #expect(throws: ValidationError.self) { try await Self.copy(empty.address, missing) }
        #expect(notOne?.field == "--from")
        try await Self.copy(full.address, empty.address)
        await #expect(throws: SQLFailure.self) { try await Self.copy(full.address, empty.address) }
        let foreign = try await TestDatabase(.postgres, isMigrated: false)
        let database = try await offPool { try Database(foreign.address) }
        try await database.write { try $0.execute("CREATE TABLE theirs (x BIGINT)") }
        let theirs = await #expect(throws: ValidationError.self) { try await Self.copy(full.address, foreign.address) }
        #expect(theirs?.rule.contains("theirs") == true)
        #expect(!FileManager.default.fileExists(atPath: full.folder.path + "/missing.db"))
    }

    private static func copy(_ source: DatabaseAddress, _ target: DatabaseAddress) async throws {
        _ = try await offPool { try StoreCopy(from: source, to: target).run() }
    }

    /// Users with random edits of every kind, their text full of emoji, marks and right-to-left letters.
    private static func fill(_ address: DatabaseAddress, seed: UInt64, users count: Int = users) async throws
        -> [UserID]
    {
        let store = try await offPool { try Store(address) }
        defer { try? store.close() }
        var users: [UserID] = []
        for number in 0..<count {
            let creator = NewUser(
                email: "creator\(number)@example.com", name: "Zoë 👩‍🚀 \u{202E}مرحبا \(number)",
                password: PasswordHash(encoded: "none"), isOperator: number == 0)
            users.append(try #require(try await store.createUser(creator, now: StoreFixture.start)))
        }
        for (number, user) in users.enumerated() {
            var edits = EditSequence(store: store, user: user, start: StoreFixture.start, seed: seed &+ UInt64(number))
            try edits.begin()
            for _ in 0..<12 { try await edits.edit() }
        }
        return users
    }

    /// Every page of these users, under user and address.
    private static func pages(of users: [UserID], in store: Store) throws -> [String: [UInt8]] {
        let folder = try TemporaryFolder()
        var pages: [String: [UInt8]] = [:]
        for user in users {
            let now = StoreFixture.start.adding(hours: 300)
            let publisher = try RealSite.publisher(of: store, in: folder.path, DiskFileSystem(), now: now)
            let publication = try #require(try publisher.publish(.user(user)))
            for (address, digest) in publication.manifest.pages {
                let path = publisher.folders.relativePath(of: address, digest, key: publication.key)
                pages["\(user) \(address)"] = try DiskFileSystem().read(publisher.folders.root + "/" + path)
            }
        }
        return pages
    }
}
