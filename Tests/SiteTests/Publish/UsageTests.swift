import Core
import Site
import Store
import TestSupport
import Testing

@Suite("Usage on pages")
struct UsageTests {
    private let november = StoreFixture.start
    private let december = CivilTime(year: 2026, month: 12, day: 1).instant

    @Test("Pages show what is used, and count anew by themselves when the period ends")
    func periodEnd() async throws {
        let fixture = try await StoreFixture()
        let ledger = QuotaLedger(fixture.store, plans: try .only([.scrapes: 60]))
        _ = try await ledger.reserve(QuotaClaim(4, of: .scrapes, for: fixture.user), now: november)

        let first = try publish(fixture, at: november)
        #expect(first.manifest.dueAt == december)
        #expect(try text("/dashboard/", fixture, first).contains("4 of 60 a month"))
        #expect(try text("/settings/", fixture, first).contains("4 of 60 a month"))

        #expect(try publish(fixture, at: december.adding(seconds: -1)).written == 0)
        let second = try publish(fixture, at: december)
        #expect(second.written == 2)
        #expect(try text("/dashboard/", fixture, second).contains("0 of 60 a month"))
        #expect(try text("/settings/", fixture, second).contains("0 of 60 a month"))
    }

    private func publisher(
        _ fixture: StoreFixture, at now: Instant
    ) throws -> SitePublisher<DiskFileSystem, SiteRenderer> {
        try RealSite.publisher(of: fixture.store, in: fixture.folder.path, DiskFileSystem(), now: now)
    }

    private func publish(_ fixture: StoreFixture, at now: Instant) throws -> Publication {
        try #require(try publisher(fixture, at: now).publish(.user(fixture.user)))
    }

    private func text(_ address: String, _ fixture: StoreFixture, _ publication: Publication) throws -> String {
        let digest = try #require(publication.manifest.pages[address])
        let folders = try publisher(fixture, at: november).folders
        let path = "\(folders.root)/\(folders.relativePath(of: address, digest, key: publication.key))"
        return String(decoding: try #require(try DiskFileSystem().read(path)), as: UTF8.self)
    }
}
