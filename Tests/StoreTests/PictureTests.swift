import Core
import SQL
import Store
import TestSupport
import Testing

@Suite("Pictures of users, kept")
struct PictureTests {
    private let now = StoreFixture.start

    private func named(_ bytes: [UInt8], _ format: Picture.Format = .png) -> NamedPicture {
        NamedPicture(Picture(format: format, kept: bytes), digest: PictureDigest(sha256: bytes))
    }

    private static let bytes = [UInt8](0...255)

    @Test("come back byte for byte to their owner alone, under their name alone", arguments: Picture.Format.allCases)
    func kept(_ format: Picture.Format) async throws {
        let fixture = try await StoreFixture()
        let (store, other) = (fixture.store, try await fixture.addUser("other@example.com"))
        let picture = named(Self.bytes, format)
        _ = try await store.setPicture(picture, of: fixture.user, now: now)
        #expect(try await store.picture(picture.digest, of: fixture.user) == picture.picture)
        #expect(try await store.picture(picture.digest, of: other) == nil)
        #expect(try await store.picture(PictureDigest(sha256: Self.bytes.reversed()), of: fixture.user) == nil)
        #expect(try await store.user(fixture.user)?.picture == picture.digest)
        #expect(try await store.user(other)?.picture == nil)
    }

    @Test("of the largest size are replaced, and stamp every page of their owner")
    func replaced() async throws {
        let world = try await World()
        let (large, small) = (
            named([UInt8](repeating: 7, count: Picture.byteLimit), .webp), named(Self.bytes, .jpeg)
        )
        for picture in [large, small] {
            let before = try world.revision
            let change = try await world.store.setPicture(picture, of: world.user, now: now)
            #expect(change == Change(site: .user(world.user), revision: before + 1))
            #expect(try world.stamped(after: before).sections == ChangedNoun.user.sections)
        }
        #expect(try await world.store.picture(large.digest, of: world.user) == nil)
        #expect(try await world.store.picture(small.digest, of: world.user) == small.picture)
    }

    @Test("are removed once; removing none changes no page")
    func removed() async throws {
        let world = try await World()
        let picture = named(Self.bytes)
        _ = try await world.store.setPicture(picture, of: world.user, now: now)
        let before = try world.revision
        let change = try await world.store.removePicture(of: world.user)
        #expect(change?.revision == before + 1)
        #expect(try await world.store.user(world.user)?.picture == nil)
        #expect(try await world.store.picture(picture.digest, of: world.user) == nil)
        #expect(try await world.store.removePicture(of: world.user) == nil)
        #expect(try world.revision == before + 1)
    }

    @Test("go with their owner, and nobody who is gone gets one")
    func deleted() async throws {
        let fixture = try await StoreFixture()
        let (store, other) = (fixture.store, try await fixture.addUser("other@example.com"))
        for user in [fixture.user, other] { _ = try await store.setPicture(named(Self.bytes), of: user, now: now) }
        try store.deleteUser(fixture.user)
        let database = try await offPool { try Database(DatabaseAddress(fixture.location)) }
        let owners = try await database.read { connection in
            try connection.rows("SELECT user_id FROM pictures") { $0.text(0) }
        }
        #expect(owners == [other.rawValue])
        await #expect(throws: StoreFailure.self) {
            try await store.setPicture(named(Self.bytes), of: fixture.user, now: now)
        }
    }

    @Test("are copied to the other engine byte for byte", arguments: [TestEngine.sqlite, .postgres])
    func copied(_ engine: TestEngine) async throws {
        let fixture = try await StoreFixture(engine)
        let picture = named(Self.bytes)
        _ = try await fixture.store.setPicture(picture, of: fixture.user, now: now)
        let there = try await TestDatabase(engine == .sqlite ? .postgres : .sqlite, isMigrated: false)
        let source = try DatabaseAddress(fixture.location)
        _ = try await offPool { try StoreCopy(from: source, to: there.address).run() }
        let store = try await offPool { try Store(there.address) }
        #expect(try await store.picture(picture.digest, of: fixture.user) == picture.picture)
    }
}
