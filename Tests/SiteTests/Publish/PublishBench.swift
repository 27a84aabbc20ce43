import Core
import Foundation
import Site
import Store
import TestSupport

/// A store, a sites folder and publishers over both.
struct PublishBench {
    let fixture: StoreFixture
    var store: Store { fixture.store }
    var user: UserID { fixture.user }

    init() async throws {
        fixture = try await StoreFixture()
        try folders.prepare(DiskFileSystem())
    }

    private var folders: SiteFolders { SiteFolders(root: fixture.folder.path + "/sites", epoch: "0123456789abcdef") }

    func publisher(now: Instant = StoreFixture.start) -> SitePublisher<DiskFileSystem, PlainRendering> {
        publisher(DiskFileSystem(), now: now)
    }

    func publisher<Files: FileSystem>(
        _ files: Files, now: Instant = StoreFixture.start
    ) -> SitePublisher<Files, PlainRendering> {
        SitePublisher(folders: folders, content: store, rendering: PlainRendering(), files: files, now: { now })
    }

    /// Every page that the manifest on disk names, read through it.
    func served() throws -> [String: String] {
        let publisher = publisher()
        guard let key = try store.version(of: .user(user))?.key, let manifest = try publisher.manifest(key: key) else {
            return [:]
        }
        return try Dictionary(
            uniqueKeysWithValues: manifest.pages.map { address, digest in
                let path = publisher.folders.root + "/" + publisher.folders.relativePath(of: address, digest, key: key)
                return (address, try String(contentsOfFile: path, encoding: .utf8))
            })
    }

    func fileNames() throws -> [String] {
        guard let key = try store.version(of: .user(user))?.key else { return [] }
        return try DiskFileSystem().names(in: folders.testFolder(of: key))
    }

    /// Files that neither the manifest nor its list of dropped files names.
    func strayFiles() throws -> [String] {
        guard let key = try store.version(of: .user(user))?.key, let manifest = try publisher().manifest(key: key)
        else {
            return []
        }
        return try fileNames().filter { $0 != "manifest" && !manifest.names($0) }
    }
}

extension SiteFolders {
    func testFolder(of key: String) -> String { "\(root)/\(epoch)/\(key.prefix(2))/\(key)" }
}
