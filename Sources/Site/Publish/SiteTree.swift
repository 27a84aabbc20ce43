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
        guard try former != nil || files.names(in: folder).allSatisfy({ $0 == Self.list + ".new" }) else {
            throw ValidationError(
                field: "--output", rule: "must be empty or a tree that Kapture wrote, but \(folder) holds other files")
        }
        guard let publication = try publisher.publish(site) else { return 0 }
        let pages = publication.manifest.pages
        let paths = Set(pages.keys.map(Self.path)).union(assets.keys.map(Self.path))
        let gone = Set(String(decoding: former ?? [], as: UTF8.self).split(separator: "\n").map(String.init))
            .subtracting(paths)
        var made: Set<String> = []
        try make(folder, &made)
        // Also what is not there yet, and what is not gone yet: a writing that is cut off leaves nothing unknown.
        try write(paths.union(gone), to: list)
        for (address, digest) in pages.sorted(by: { $0.key < $1.key }) {
            let source = publisher.folders.relativePath(of: address, digest, key: publication.key)
            let file = publisher.folders.root + "/" + source
            guard let body = try files.read(file) else { throw FileFailure(operation: "read", path: file, code: 2) }
            try write(body, to: folder + Self.path(address), &made)
        }
        for (address, body) in assets.sorted(by: { $0.key < $1.key }) {
            try write(body, to: folder + Self.path(address), &made)
        }
        try remove(gone.filter { !$0.split(separator: "/").contains("..") }, below: folder)
        try write(paths, to: list)
        return paths.count
    }

    private static func path(_ address: String) -> String {
        address + (address.hasSuffix("/") ? "index.html" : "")
    }

    private func write(_ paths: Set<String>, to list: String) throws {
        try files.write(Array(paths.sorted().joined(separator: "\n").utf8), to: list + ".new")
        try files.rename(list + ".new", to: list)
    }

    private func write(_ body: [UInt8], to target: String, _ made: inout Set<String>) throws {
        try make(String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)]), &made)
        try files.write(body, to: target)
    }

    /// Removes files, and the folders that they leave empty.
    private func remove(_ paths: Set<String>, below folder: String) throws {
        var folders: Set<String> = []
        for path in paths.sorted() {
            try files.remove(folder + path)
            var parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
            while !parent.isEmpty {
                folders.insert(String(parent))
                parent = parent[..<(parent.lastIndex(of: "/") ?? parent.startIndex)]
            }
        }
        // The deepest first.
        for parent in folders.sorted(by: >) where try files.names(in: folder + parent).isEmpty {
            try files.removeFolder(folder + parent)
        }
    }

    private func make(_ folder: String, _ made: inout Set<String>) throws {
        guard !folder.isEmpty, made.insert(folder).inserted else { return }
        if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            try make(String(folder[..<slash]), &made)
        }
        try files.makeFolder(folder)
    }
}
