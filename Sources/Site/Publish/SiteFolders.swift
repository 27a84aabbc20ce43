/// Where the sites of one epoch lie below the data folder.
package struct SiteFolders: Sendable {
    /// `<data>/sites`
    package let root: String
    /// 16 hex digits: see `Epoch`.
    package let epoch: String
    /// Of the digests of all pages below.
    package let digestKey: PageDigest.Key

    package init(root: String, epoch: String) {
        (self.root, self.epoch, digestKey) = (root, epoch, PageDigest.Key(epoch: epoch))
    }

    /// The key under which the public pages are published.
    package static let publicKey = "00000000000000000000000000000000"

    func folder(of key: String) -> String { "\(root)/\(epoch)/\(key.prefix(2))/\(key)" }
    func shelf(of key: String) -> String { "\(root)/\(epoch)/\(key.prefix(2))" }
    func lock(of key: String) -> String { "\(root)/locks/\(key.prefix(2))" }

    /// The path of a page's file relative to `root`.
    package func relativePath(of address: String, _ digest: PageDigest, key: String) -> String {
        "\(epoch)/\(key.prefix(2))/\(key)/\(Manifest.fileName(of: address, digest))"
    }

    /// Creates the folders that every publish relies on.
    package func prepare(_ files: some FileSystem) throws(FileFailure) {
        for path in [root, root + "/locks", root + "/" + epoch] { try files.makeFolder(path) }
    }
}
