import Core

/// Writes a site as a plain tree, for hosts that know only files: `/trends/` becomes `trends/index.html`.
///
/// A list of what was written stays in the tree: the next writing removes what is no longer there, and nothing else.
package struct SiteTree<Files: FileSystem, Rendering: SiteRendering>: Sendable {
    /// The list's name in the tree: a path a line.
    private static var list: String { ".kapture-tree" }

    let publisher: SitePublisher<Files, Rendering>
    /// Further files by their address, such as styles.
    let assets: [String: [UInt8]]

    package init(publisher: SitePublisher<Files, Rendering>, assets: [String: [UInt8]] = [:]) {
        (self.publisher, self.assets) = (publisher, assets)
    }

    private var files: Files { publisher.files }

    /// Publishes the site, then writes every page and asset below `folder`, which is created; a folder that holds other
    /// files is refused. Returns how many files it wrote.
    package func write(_ site: SiteName, to folder: String) throws -> Int {
        let list = folder + "/" + Self.list
        let former = try files.read(list)
        guard try former != nil || files.names(in: folder).isEmpty else {
            throw ValidationError(
                field: "--output", rule: "must be empty or a tree that Kapture wrote, but \(folder) holds other files")
        }
        guard let publication = try publisher.publish(site) else { return 0 }
        var made: Set<String> = []
        try make(folder, &made)
        try files.write(former ?? [], to: list)
        var written: Set<String> = []
        for (address, digest) in publication.manifest.pages.sorted(by: { $0.key < $1.key }) {
            let source = publisher.folders.relativePath(of: address, digest, key: publication.key)
            guard let body = try files.read(publisher.folders.root + "/" + source) else { continue }
            written.insert(try write(body, at: address, below: folder, &made))
        }
        for (address, body) in assets.sorted(by: { $0.key < $1.key }) {
            written.insert(try write(body, at: address, below: folder, &made))
        }
        let gone = Set(String(decoding: former ?? [], as: UTF8.self).split(separator: "\n").map(String.init))
            .subtracting(written)
        for path in gone.sorted() where !path.split(separator: "/").contains("..") {
            try files.remove(folder + path)
        }
        try files.write(Array(written.sorted().joined(separator: "\n").utf8), to: list)
        return written.count
    }

    /// Returns the file's path below the folder.
    private func write(
        _ body: [UInt8], at address: String, below folder: String, _ made: inout Set<String>
    ) throws -> String {
        let path = address + (address.hasSuffix("/") ? "index.html" : "")
        let target = folder + path
        try make(String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)]), &made)
        try files.write(body, to: target)
        return path
    }

    private func make(_ folder: String, _ made: inout Set<String>) throws {
        guard !folder.isEmpty, made.insert(folder).inserted else { return }
        if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            try make(String(folder[..<slash]), &made)
        }
        try files.makeFolder(folder)
    }
}
