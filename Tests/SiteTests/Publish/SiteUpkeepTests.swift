import Core
import Foundation
import Site
import Store
import TestSupport
import Testing

@Suite("Upkeep of sites")
struct SiteUpkeepTests {
    private let epoch = "0123456789abcdef"

    private func root(_ fixture: StoreFixture) -> String { fixture.folder.path + "/sites" }

    /// An upkeep so many hours from now.
    private func upkeep(
        _ fixture: StoreFixture, epoch: String = "0123456789abcdef", hours: Double = 0
    ) -> SiteUpkeep<DiskFileSystem> {
        SiteUpkeep(
            folders: SiteFolders(root: root(fixture), epoch: epoch), files: DiskFileSystem(), keys: fixture.store,
            now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).adding(hours: hours) })
    }

    /// The folders of the sites in an epoch, by key.
    private func sites(_ fixture: StoreFixture, epoch: String = "0123456789abcdef") throws -> Set<String> {
        let files = DiskFileSystem()
        let shelves = try files.names(in: "\(root(fixture))/\(epoch)")
        return Set(try shelves.flatMap { try files.names(in: "\(root(fixture))/\(epoch)/\($0)") })
    }

    private func publish(_ fixture: StoreFixture, _ user: UserID) throws -> String {
        let publisher = try RealSite.publisher(
            of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: StoreFixture.start)
        return try #require(try publisher.publish(.user(user))).key
    }

    private func secondUser(_ fixture: StoreFixture) async throws -> UserID {
        let password = PasswordHash(encoded: "none")
        let user = NewUser(email: "other@example.com", name: nil, password: password, isOperator: false)
        return try #require(try await fixture.store.createUser(user, now: StoreFixture.start))
    }

    @Test("removes sites without a row, in every epoch, and no others")
    func withoutRow() async throws {
        let fixture = try await StoreFixture()
        let other = try await secondUser(fixture)
        let (kept, gone) = (try publish(fixture, fixture.user), try publish(fixture, other))
        let files = DiskFileSystem()
        for folder in ["feedfeedfeedfeed", "feedfeedfeedfeed/\(gone.prefix(2))"] {
            try files.makeFolder("\(root(fixture))/\(folder)")
        }
        try files.makeFolder("\(root(fixture))/feedfeedfeedfeed/\(gone.prefix(2))/\(gone)")
        try fixture.store.deleteUser(other)

        try await upkeep(fixture).sweep()

        #expect(try sites(fixture) == [kept])
        #expect(try sites(fixture, epoch: "feedfeedfeedfeed") == [])
        #expect(try PublishedSite(fixture).wholeManifest() != nil)
    }

    @Test("removes sites that were neither changed nor read for 30 days; the next publish makes them again")
    func forgotten() async throws {
        let fixture = try await StoreFixture()
        let key = try publish(fixture, fixture.user)

        try await upkeep(fixture, hours: 29 * 24).sweep()
        #expect(try sites(fixture) == [key])
        try await upkeep(fixture, hours: 31 * 24).sweep()
        #expect(try sites(fixture) == [])
        #expect(try publish(fixture, fixture.user) == key)
        #expect(try PublishedSite(fixture).wholeManifest() != nil)
    }

    @Test("ends epochs that no process used for a day, also one whose removal was cut off, and never its own")
    func epochs() async throws {
        let fixture = try await StoreFixture()
        let key = try publish(fixture, fixture.user)
        let files = DiskFileSystem()
        for name in ["feedfeedfeedfeed", "over-0000000000000000", "over-0000000000000000/ab"] {
            try files.makeFolder("\(root(fixture))/\(name)")
        }
        try files.write([1], to: "\(root(fixture))/over-0000000000000000/ab/page.html")

        try await upkeep(fixture, hours: 23).sweep()
        #expect(Set(try files.names(in: root(fixture))) == ["locks", epoch, "feedfeedfeedfeed"])
        try await upkeep(fixture, hours: 25).sweep()
        #expect(Set(try files.names(in: root(fixture))) == ["locks", epoch])
        #expect(try sites(fixture) == [key])
        try upkeep(fixture, hours: 24).markUsed()
        try files.makeFolder("\(root(fixture))/feedfeedfeedfeed")
        try await upkeep(fixture, epoch: "feedfeedfeedfeed", hours: 47).sweep()
        #expect(try sites(fixture) == [key], "another process said that it uses it")
    }

    @Test("a process whose epoch was ended in its sleep publishes again")
    func woken() async throws {
        let fixture = try await StoreFixture()
        let publisher = try RealSite.publisher(
            of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: StoreFixture.start)
        _ = try publisher.publish(.user(fixture.user))
        try DiskFileSystem().makeFolder("\(root(fixture))/feedfeedfeedfeed")
        try await upkeep(fixture, epoch: "feedfeedfeedfeed", hours: 25).sweep()
        #expect(try sites(fixture) == [])

        _ = try publisher.publish(.user(fixture.user))
        #expect(try PublishedSite(fixture).wholeManifest() != nil)
    }

    @Test("removes one site on demand, and nothing when there is none")
    func onDemand() async throws {
        let fixture = try await StoreFixture()
        let other = try await secondUser(fixture)
        let (kept, gone) = (try publish(fixture, fixture.user), try publish(fixture, other))

        for _ in 0..<2 { try await upkeep(fixture).removeSite(key: gone) }
        #expect(try sites(fixture) == [kept])
    }
}
