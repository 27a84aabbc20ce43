import Core
import Site
import Store

/// One random sequence of edits published as they come, compared after each publish with a build from nothing.
package struct EquivalenceRun {
    private let fixture: StoreFixture
    private let seed: UInt64

    package init(seed: UInt64, _ engine: TestEngine) async throws {
        fixture = try await StoreFixture(engine)
        self.seed = seed
    }

    /// What differs, or `nil`; at the end also the scores that do not follow from the tables. Some publishes are cut off at a random file operation, some templates change.
    package func firstDifference(edits: Int) async throws -> String? {
        var sequence = EditSequence(
            store: fixture.store, user: fixture.user, start: StoreFixture.start, seed: seed)
        try sequence.begin()
        var renderer = try RealSite.renderer()
        var epoch = 0
        for step in 0..<edits {
            try await sequence.edit()
            if sequence.chance(3) {
                epoch += 1
                renderer = try RealSite.renderer(changing: { $0["pages/downloads"]? += Array("<!-- \(step) -->".utf8) })
            }
            let folder = "/sites\(epoch)"
            if sequence.chance(15) {
                let files = FaultyFileSystem(failing: sequence.random(30)) { 5 }
                _ = try? publisher(folder, renderer, files, sequence.now).publish(.user(fixture.user))
            }
            let kept = try pages(of: publisher(folder, renderer, DiskFileSystem(), sequence.now))
            let fresh = try pages(
                of: publisher("/fresh\(step)", renderer.withoutMemory(), DiskFileSystem(), sequence.now))
            if let difference = EquivalenceRun.difference(kept, fresh) {
                return "seed \(seed), edit \(step): \(difference)"
            }
        }
        return try ScoreAudit(fixture.location).differences().first.map { "seed \(seed), score of \($0)" }
    }

    private func publisher<Files: FileSystem>(
        _ folder: String, _ renderer: SiteRenderer, _ files: Files, _ now: Instant
    ) throws -> SitePublisher<Files, SiteRenderer> {
        let folders = SiteFolders(root: fixture.folder.path + folder, epoch: "0123456789abcdef")
        try folders.prepare(DiskFileSystem())
        return SitePublisher(folders: folders, content: fixture.store, rendering: renderer, files: files, now: { now })
    }

    /// Publishes the user's site and every shared board, then reads every page that the manifests name from its file.
    private func pages(of publisher: SitePublisher<DiskFileSystem, SiteRenderer>) throws -> [String: [UInt8]] {
        let shared = try fixture.store.boardSites().map { SiteName.board(slug: $0.slug) }
        return try ([.user(fixture.user)] + shared).reduce(into: [:]) { pages, site in
            try pages.merge(self.pages(of: site, by: publisher)) { first, _ in first }
        }
    }

    private func pages(
        of site: SiteName, by publisher: SitePublisher<DiskFileSystem, SiteRenderer>
    ) throws -> [String: [UInt8]] {
        guard let publication = try publisher.publish(site) else { return [:] }
        return try Dictionary(
            uniqueKeysWithValues: publication.manifest.pages.map { address, digest in
                let path = publisher.folders.relativePath(of: address, digest, key: publication.key)
                return (address, try DiskFileSystem().read(publisher.folders.root + "/" + path) ?? [])
            })
    }

    private static func difference(_ kept: [String: [UInt8]], _ fresh: [String: [UInt8]]) -> String? {
        let lost = Set(fresh.keys).subtracting(kept.keys).sorted()
        let stale = Set(kept.keys).subtracting(fresh.keys).sorted()
        if !lost.isEmpty || !stale.isEmpty { return "lost \(lost), left over \(stale)" }
        guard let address = fresh.keys.sorted().first(where: { fresh[$0] != kept[$0] }) else { return nil }
        let (old, new) = (kept[address] ?? [], fresh[address] ?? [])
        let place = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        func around(_ bytes: [UInt8]) -> String {
            String(decoding: bytes[max(0, place - 80)..<min(bytes.count, place + 160)], as: UTF8.self)
        }
        return "\(address) differs at byte \(place): kept …\(around(old))… fresh …\(around(new))…"
    }
}
