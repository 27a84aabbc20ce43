import Core
import Site
import Store

/// What lies on disk for one user, checked file by file.
package struct PublishedSite {
    let store: Store
    let user: UserID
    let folder: String

    package init(_ fixture: StoreFixture) {
        (store, user, folder) = (fixture.store, fixture.user, fixture.folder.path)
    }

    private func publisher() throws -> SitePublisher<DiskFileSystem, SiteRenderer> {
        try RealSite.publisher(of: store, in: folder, DiskFileSystem(), now: StoreFixture.start)
    }

    package func publish() throws {
        _ = try publisher().publish(.user(user))
    }

    /// The manifest on disk after every page that it names was read and found to be what its digest says.
    package func wholeManifest() throws -> Manifest? {
        let publisher = try publisher()
        guard let key = try store.version(of: .user(user))?.key, let manifest = try publisher.manifest(key: key) else {
            return nil
        }
        for (address, digest) in manifest.pages {
            let path = publisher.folders.root + "/" + publisher.folders.relativePath(of: address, digest, key: key)
            let body = try DiskFileSystem().read(path)
            guard let body, PageDigest(of: body, publisher.folders.digestKey) == digest else {
                throw FileFailure(operation: "find whole", path: path, code: 0)
            }
        }
        return manifest
    }

    /// Files in the site's folder that the manifest does not name.
    package func strayFiles() throws -> [String] {
        guard let key = try store.version(of: .user(user))?.key, let manifest = try wholeManifest() else { return [] }
        let folder = try publisher().folders.root + "/0123456789abcdef/\(key.prefix(2))/\(key)"
        return try DiskFileSystem().names(in: folder).filter { $0 != "manifest" && !manifest.names($0) }.sorted()
    }
}
