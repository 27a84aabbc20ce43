import Core
import Jobs

/// Keeps the sites folder free of what nobody needs: sites without a row or not visited for 30 days, and everything that
/// a version of the program wrote which has not run here for a day.
///
/// Nothing is lost by it: pages that somebody asks for are made again.
package struct SiteUpkeep<Files: FileSystem>: SiteRemoving {
    private let folders: SiteFolders
    private let files: Files
    private let keys: any SiteKeyReading
    private let now: @Sendable () -> Instant

    /// Hours after which a site is as good as forgotten, and an epoch over.
    private static var visitLifetime: Double { 30 * 24 }
    private static var epochLifetime: Double { 24 }

    package init(
        folders: SiteFolders, files: Files, keys: any SiteKeyReading, now: @escaping @Sendable () -> Instant
    ) {
        (self.folders, self.files, self.keys, self.now) = (folders, files, keys, now)
    }

    package var jobs: [RegisteredJob] {
        [RegisteredJob(SweepSitesJob.self, timeout: .seconds(3000)) { _, _ in try await sweep() }]
    }

    /// Says that this process uses its epoch: to be repeated more often than once a day.
    package func markUsed() throws {
        try FileTimes.touch("\(folders.root)/\(folders.epoch)", at: now())
    }

    package func removeSite(key: String) async throws {
        try await blocking { _ in
            for epoch in try epochs() { try remove(key, of: epoch) { true } }
        }
    }

    package func sweep() async throws {
        try await blocking { look in
            try markUsed()
            for epoch in try epochs() where try isOver(epoch) { try setAside(epoch) }
            for name in try files.names(in: folders.root) where name.hasPrefix(Self.aside) {
                try look.check()
                try files.removeFolder("\(folders.root)/\(name)")
            }
            for epoch in try epochs() { try sweepSites(of: epoch, look) }
        }
    }

    // MARK: Epochs

    private static var aside: String { "over-" }

    private func epochs() throws -> [String] {
        try files.names(in: folders.root).filter { $0.utf8.count == 16 && $0.allSatisfy(\.isHexDigit) }.sorted()
    }

    private func isOver(_ epoch: String) throws -> Bool {
        let used = FileTimes.lastChange(of: "\(folders.root)/\(epoch)") ?? now()
        return epoch != folders.epoch && used < now().adding(hours: -Self.epochLifetime)
    }

    /// One rename ends the epoch; removing its many files may take a while and may be cut off.
    private func setAside(_ epoch: String) throws {
        try files.rename("\(folders.root)/\(epoch)", to: "\(folders.root)/\(Self.aside)\(epoch)")
    }

    // MARK: Sites

    private func sweepSites(of epoch: String, _ look: CancellationLook) throws {
        for shelf in try files.names(in: "\(folders.root)/\(epoch)").sorted() {
            try look.check()
            let found = try files.names(in: "\(folders.root)/\(epoch)/\(shelf)").filter { $0 != SiteFolders.publicKey }
            for keys in found.sorted().chunked(500) {
                let existing = try self.keys.existingSiteKeys(among: keys)
                for key in keys {
                    try look.check()
                    try remove(key, of: epoch) { !existing.contains(key) || isForgotten(key, of: epoch) }
                }
            }
        }
    }

    private func isForgotten(_ key: String, of epoch: String) -> Bool {
        let manifest = SiteFolders(root: folders.root, epoch: epoch).folder(of: key) + "/manifest"
        guard let used = FileTimes.lastUse(of: manifest) else { return false }
        return used < now().adding(hours: -Self.visitLifetime)
    }

    /// Decides and removes under the site's lock, so that no publish is in the way.
    private func remove(_ key: String, of epoch: String, when isDue: () -> Bool) throws {
        guard isDue() else { return }
        try SiteLock.holding(folders.lock(of: key)) {
            guard isDue() else { return }
            try files.removeFolder(SiteFolders(root: folders.root, epoch: epoch).folder(of: key))
        }
    }
}

extension Array {
    fileprivate func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
