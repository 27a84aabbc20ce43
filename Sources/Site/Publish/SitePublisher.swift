import Core

/// Makes sites current: one lock, one snapshot, one rename.
///
/// Blocks its thread on files and the database. Any number of threads and processes may publish at once.
package struct SitePublisher<Files: FileSystem, Rendering: SiteRendering>: Sendable {
    package let folders: SiteFolders
    let content: any SiteContentReading
    let rendering: Rendering
    let files: Files
    let now: @Sendable () -> Instant

    /// How long a dropped page's file stays for readers who still hold the manifest before.
    static var droppedLifetime: Int64 { 60 }

    package init(
        folders: SiteFolders, content: any SiteContentReading, rendering: Rendering, files: Files,
        now: @escaping @Sendable () -> Instant
    ) {
        (self.folders, self.content, self.rendering) = (folders, content, rendering)
        (self.files, self.now) = (files, now)
    }

    /// Publishes unless the site is current. Returns the manifest in force, or `nil` when there is no such site any more;
    /// its folder is then gone. When this throws, the site that was published before is untouched.
    package func publish(_ site: SiteName) throws -> Publication? {
        guard let key = try key(of: site) else { return nil }
        return try PublishRecord.timing {
            try SiteLock.holding(folders.lock(of: key)) {
                site == .publicPages ? try publishPublicPages() : try publishUserPages(site, key: key)
            }
        }
    }

    /// The manifest on disk, whatever its revision; `nil` when the site was not published in this epoch.
    package func manifest(key: String) throws -> Manifest? {
        try files.read(folders.folder(of: key) + "/manifest").flatMap(Manifest.init(encoded:))
    }

    /// Whether the pages on disk show `version` now: one small read, nothing locked, nothing opened for writing.
    package func isCurrent(_ version: SiteVersion) throws -> Bool {
        guard let bytes = try files.read(folders.folder(of: version.key) + "/manifest") else { return false }
        return Manifest.header(of: bytes)?.isCurrent(version.revision, at: now()) ?? false
    }

    /// The body of a page that has no file because its trend is too old for one; `nil` when there is no such trend.
    package func renderUnpublished(_ address: String, of site: SiteName) throws -> [UInt8]? {
        try content.withSnapshot(of: site) { try rendering.renderOne(address, $0, now: now().roundedDownToHour) } ?? nil
    }

    /// The body of any page, rendered without the disk, for a site that could never be published; `nil` when there is no
    /// such page.
    package func renderUnsaved(_ address: String, of site: SiteName) throws -> [UInt8]? {
        var sink = OnePage(address)
        if site == .publicPages {
            try rendering.renderPublicPages(to: &sink)
            return sink.body
        }
        let hour = now().roundedDownToHour
        return try content.withSnapshot(of: site) { snapshot in
            _ = try rendering.render(snapshot, after: nil, now: hour, to: &sink)
            return try sink.body ?? rendering.renderOne(address, snapshot, now: hour)
        } ?? nil
    }

    private func key(of site: SiteName) throws -> String? {
        site == .publicPages ? SiteFolders.publicKey : try content.version(of: site)?.key
    }

    private func publishUserPages(_ site: SiteName, key: String) throws -> Publication? {
        let publication = try content.withSnapshot(of: site) { snapshot in
            try publish(key: key, revision: snapshot.head.revision) { previous, now, sink in
                try rendering.render(snapshot, after: previous, now: now, to: &sink)
            }
        }
        if publication == nil { try files.removeFolder(folders.folder(of: key)) }
        return publication
    }

    private func publishPublicPages() throws -> Publication {
        try publish(key: SiteFolders.publicKey, revision: 1) { _, _, sink in
            try rendering.renderPublicPages(to: &sink)
            return nil
        }
    }

    private typealias Render = (_ previous: Manifest?, _ hour: Instant, inout PageSink<Files>) throws -> Instant?

    private func publish(key: String, revision: Int64, _ render: Render) throws -> Publication {
        let (folder, now) = (folders.folder(of: key), now())
        let previous = try manifest(key: key)
        if let previous, previous.isCurrent(revision, at: now) { return Publication(key: key, manifest: previous) }
        if previous == nil { try makeFolder(of: key) }
        let marker = folder + "/manifest.new"
        let existing = try sweepAfterFailure(folder, previous)
        // Without a manifest the folder is swept anyway: no mark is needed there.
        if previous != nil { try files.write([], to: marker) }
        let expired = Set((previous?.dropped ?? []).filter { isExpired($0, now) }.map(\.name))
        for name in expired { try files.remove("\(folder)/\(name)") }
        let reusable = Set((previous?.dropped ?? []).map(\.name)).subtracting(expired)
        var sink = PageSink(
            files: files, folder: folder, key: folders.digestKey, previous: previous,
            reusable: existing.map { reusable.intersection($0) } ?? reusable)
        let dueAt = try render(previous, now.roundedDownToHour, &sink)
        let manifest = sink.manifest(revision: revision, dueAt: dueAt, at: now)
        try files.write(manifest.encoded, to: marker)
        try files.rename(marker, to: folder + "/manifest")
        return Publication(
            key: key, manifest: manifest, isNew: true, written: sink.written, bytesWritten: sink.bytesWritten)
    }

    private func isExpired(_ file: Manifest.Dropped, _ now: Instant) -> Bool {
        now >= file.at.adding(seconds: Self.droppedLifetime)
    }

    private func makeFolder(of key: String) throws {
        // A sweep may have ended this epoch while no process used it.
        try files.makeFolder("\(folders.root)/\(folders.epoch)")
        try files.makeFolder(folders.shelf(of: key))
        try files.makeFolder(folders.folder(of: key))
    }

    /// A `manifest.new` means that a publish died or failed: removes every file that the manifest does not name.
    /// Returns the names that are left then, `nil` when nothing had failed.
    private func sweepAfterFailure(_ folder: String, _ previous: Manifest?) throws -> Set<String>? {
        let names = Set(previous == nil ? try files.names(in: folder) : try marked(folder))
        guard !names.isEmpty else { return nil }
        var named = Set((previous?.pages ?? [:]).map { Manifest.fileName(of: $0.key, $0.value) })
        named.formUnion((previous?.dropped ?? []).map(\.name))
        named.insert("manifest")
        for name in names where !named.contains(name) { try files.remove("\(folder)/\(name)") }
        return names.intersection(named)
    }

    private func marked(_ folder: String) throws -> [String] {
        guard try files.read(folder + "/manifest.new") != nil else { return [] }
        return try files.names(in: folder)
    }
}

/// The outcome of a publish.
package struct Publication: Sendable {
    package let key: String
    package let manifest: Manifest
    /// Whether this publish made the manifest.
    let isNew: Bool
    /// Page files written; 0 when the site was current.
    package let written: Int
    package let bytesWritten: Int

    init(key: String, manifest: Manifest, isNew: Bool = false, written: Int = 0, bytesWritten: Int = 0) {
        (self.key, self.manifest, self.isNew) = (key, manifest, isNew)
        (self.written, self.bytesWritten) = (written, bytesWritten)
    }
}
