import Core

/// Writes a site as a plain tree, for hosts that know only files: `/trends/` becomes `trends/index.html`.
package struct SiteTree<Files: FileSystem, Rendering: SiteRendering>: Sendable {
    let publisher: SitePublisher<Files, Rendering>

    package init(publisher: SitePublisher<Files, Rendering>) {
        self.publisher = publisher
    }

    /// Publishes the site, then copies every page below `folder`, which is created. Returns how many files it wrote.
    package func write(_ site: SiteName, to folder: String) throws -> Int {
        guard let publication = try publisher.publish(site) else { return 0 }
        var made: Set<String> = []
        try make(folder, &made)
        for (address, digest) in publication.manifest.pages.sorted(by: { $0.key < $1.key }) {
            let source = publisher.folders.relativePath(of: address, digest, key: publication.key)
            guard let body = try publisher.files.read(publisher.folders.root + "/" + source) else { continue }
            let target = folder + address + (address.hasSuffix("/") ? "index.html" : "")
            try make(String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)]), &made)
            try publisher.files.write(body, to: target)
        }
        return publication.manifest.pages.count
    }

    private func make(_ folder: String, _ made: inout Set<String>) throws {
        guard !folder.isEmpty, made.insert(folder).inserted else { return }
        if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            try make(String(folder[..<slash]), &made)
        }
        try publisher.files.makeFolder(folder)
    }
}
