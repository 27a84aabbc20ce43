import Core
import Logging

/// Two sites with equal pages have them in files of their own.
private struct PageKey: Hashable {
    let digest: PageDigest
    let site: String
}

/// Serves published sites: looks up the revision on every request, publishes first when the pages are behind it.
package final class SiteServer<Files: FileSystem, Rendering: SiteRendering>: SiteReading, Publishing {
    private let publisher: SitePublisher<Files, Rendering>
    private let queue: PublishQueue
    private let logger: Logger
    private let manifests = BoundedCache<String, Manifest>(limit: 1_000_000)
    private let pages = BoundedCache<PageKey, SitePage>(limit: 256 << 20)

    /// How long a reader waits for a publish before the last good pages are served.
    private static var patience: Duration { .seconds(2) }

    package init(publisher: SitePublisher<Files, Rendering>, logger: Logger) {
        (self.publisher, self.logger) = (publisher, logger)
        queue = PublishQueue { try publisher.publish($0) }
    }

    package func publish(_ change: Change) async throws {
        _ = try await refresh(change.site)
    }

    package func pageInMemory(_ address: String, of site: SiteName) -> SitePage? {
        guard let version = try? versionAtOnce(of: site), let manifest = manifests[version.key],
            manifest.isCurrent(version.revision, at: publisher.now()), let digest = manifest.pages[address],
            let page = pages[PageKey(digest: digest, site: version.key)], page.address == address
        else { return nil }
        return page
    }

    package func page(_ address: String, of site: SiteName) async throws -> SitePage? {
        if let page = pageInMemory(address, of: site) { return page }
        guard let version = try await version(of: site) else { return nil }
        do {
            return try await savedPage(address, of: site, version)
        } catch {
            note(error, version)
            return try await unsavedPage(address, of: site) { try $0.renderUnsaved($1, of: site) }
        }
    }

    private func savedPage(_ address: String, of site: SiteName, _ version: SiteVersion) async throws -> SitePage? {
        guard let manifest = try await manifest(of: site, version, now: publisher.now()) else { return nil }
        if let page = try page(address, in: manifest, key: version.key) { return page }
        guard manifest.pages[address] != nil else {
            guard site != .publicPages else { return nil }
            return try await unsavedPage(address, of: site) { try $0.renderUnpublished($1, of: site) }
        }
        // The file was dropped between two looks: another process published meanwhile.
        guard let newer = try await refresh(site) else { return nil }
        return try page(address, in: newer, key: version.key)
    }

    private static var publicVersion: SiteVersion { SiteVersion(key: SiteFolders.publicKey, revision: 1) }

    private func versionAtOnce(of site: SiteName) throws -> SiteVersion? {
        site == .publicPages ? Self.publicVersion : try publisher.content.versionAtOnce(of: site)
    }

    private func version(of site: SiteName) async throws -> SiteVersion? {
        site == .publicPages ? Self.publicVersion : try await publisher.content.currentVersion(of: site)
    }

    /// The manifest that shows `version`; when publishing fails or takes too long, the last good one of this epoch.
    /// Without one this throws.
    private func manifest(of site: SiteName, _ version: SiteVersion, now: Instant) async throws -> Manifest? {
        if let cached = manifests[version.key], cached.isCurrent(version.revision, at: now) { return cached }
        if let onDisk = try publisher.manifest(key: version.key), onDisk.isCurrent(version.revision, at: now) {
            remember(onDisk, key: version.key)
            return onDisk
        }
        do {
            return try await refresh(site)
        } catch {
            guard let lastGood = try publisher.manifest(key: version.key) else { throw error }
            note(error, version)
            return lastGood
        }
    }

    private func note(_ error: any Error, _ version: SiteVersion) {
        logger.error("publish failed", metadata: ["site": "\(version.key.prefix(8))", "reason": "\(error)"])
    }

    private func refresh(_ site: SiteName) async throws -> Manifest? {
        guard let publication = try await queue.publish(site, within: Self.patience) else { return nil }
        remember(publication.manifest, key: publication.key)
        return publication.manifest
    }

    private func remember(_ manifest: Manifest, key: String) {
        manifests.insert(manifest, for: key, cost: manifest.pages.count + 8)
    }

    /// `nil` when the manifest has no such page, or its file is gone.
    private func page(_ address: String, in manifest: Manifest, key: String) throws -> SitePage? {
        guard let digest = manifest.pages[address] else { return nil }
        if let page = pages[PageKey(digest: digest, site: key)], page.address == address { return page }
        let path = publisher.folders.relativePath(of: address, digest, key: key)
        guard let body = try publisher.files.read("\(publisher.folders.root)/\(path)") else { return nil }
        let page = SitePage(
            address: address, digest: digest.text, contentType: ContentTypes.of(address), body: body, filePath: path)
        pages.insert(page, for: PageKey(digest: digest, site: key), cost: body.count + 400)
        return page
    }

    /// A page that has no file: rendered now on the publishing threads, never saved.
    private func unsavedPage(
        _ address: String, of site: SiteName,
        _ render: @escaping @Sendable (SitePublisher<Files, Rendering>, String) throws -> [UInt8]?
    ) async throws -> SitePage? {
        guard let body = try await queue.perform({ [publisher] in try render(publisher, address) }) else { return nil }
        let digest = PageDigest(of: body, publisher.folders.digestKey)
        return SitePage(address: address, digest: digest.text, contentType: ContentTypes.of(address), body: body)
    }
}

/// The Content-Type of a page by its address.
enum ContentTypes {
    static func of(_ address: String) -> String {
        if address.hasPrefix("/feeds/") { return "application/atom+xml; charset=utf-8" }
        if address.hasSuffix(".xml") { return "application/xml; charset=utf-8" }
        return "text/html; charset=utf-8"
    }
}
