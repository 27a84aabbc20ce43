import Core
import Site

/// Looks whether the pages that are published can be read.
struct SitesExamination {
    let house: Installation

    /// Sites and pages of each that are read.
    private static let most = 50

    func findings() throws -> [Finding] {
        let sites = try house.store.userSites()
        var published = 0
        for (_, version) in sites.prefix(Self.most) {
            guard let manifest = try house.publisher.manifest(key: version.key) else { continue }
            published += 1
            for (address, digest) in manifest.pages.prefix(Self.most) {
                guard try isReadable(address, digest, version.key) else { return [damage(address)] }
            }
        }
        return [.ok("pages", "of \(sites.count) sites \(published) looked at are published and can be read")]
    }

    private func isReadable(_ address: String, _ digest: PageDigest, _ key: String) throws -> Bool {
        let path = "\(house.folder.sites)/\(house.publisher.folders.relativePath(of: address, digest, key: key))"
        guard let bytes = try DiskFileSystem().read(path) else { return false }
        return PageDigest(of: bytes, house.publisher.folders.digestKey) == digest
    }

    private func damage(_ address: String) -> Finding {
        .problem(
            "pages", "the published page \(address) is not what was written",
            mend: "Stop Kapture, remove \(house.folder.sites) and start it: the pages are made anew.")
    }
}
