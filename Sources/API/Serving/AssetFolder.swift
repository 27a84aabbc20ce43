import Core
import Foundation

/// Reads `Public/`, and keeps fingerprinted files of earlier releases: pages in somebody's tab or in a CDN still name
/// them.
package enum AssetFolder {
    /// Days for which a file that is no longer part of the release is kept.
    package static let daysKept = 30

    /// Reads every file of the folder. With `archive`, a folder of our own, writes the fingerprinted ones there, serves
    /// what lies there too, and removes what no release of the last 30 days had.
    package static func load(
        _ folder: String, archive: String? = nil, isSecure: Bool, now: Instant
    ) throws -> AssetStore {
        let files = try read(folder, where: { _ in true })
        guard let archive else { return AssetStore(files: files, isSecure: isSecure) }
        let current = AssetStore(files: files, isSecure: isSecure)
        try keep(current, in: archive)
        let earlier = try read(archive, where: { try isKept($0, now: now) })
        return AssetStore(files: files, earlier: earlier, isSecure: isSecure)
    }

    /// Removes from `archive` what no release of the last 30 days had; the files of `current`, which a process serves
    /// now, count as new. Blocks its thread.
    package static func tidy(_ archive: String, keeping current: AssetStore, now: Instant) throws {
        try keep(current, in: archive)
        _ = try read(archive, where: { try isKept($0, now: now) })
    }

    /// Removes the file when it is not.
    private static func isKept(_ url: URL, now: Instant) throws -> Bool {
        let oldest = Date(timeIntervalSince1970: Double(now.adding(hours: Double(-24 * daysKept)).milliseconds) / 1000)
        let changed = try url.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
        let isKept = changed.map { $0 > oldest } ?? false
        if !isKept { try FileManager.default.removeItem(at: url) }
        return isKept
    }

    private static func read(_ folder: String, where isWanted: (URL) throws -> Bool) throws -> [String: [UInt8]] {
        let root = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
            let url = root.appendingPathComponent(path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            guard AssetType(path: path) != nil, try isWanted(url) else { continue }
            files[path] = try Array(Data(contentsOf: url))
        }
        return files
    }

    /// Writes what is missing and marks all of it as current.
    private static func keep(_ store: AssetStore, in archive: String) throws {
        let root = URL(fileURLWithPath: archive, isDirectory: true)
        for address in store.addresses.values where address.hasPrefix("/assets/") {
            let url = root.appendingPathComponent(String(address.dropFirst("/assets/".count)))
            if FileManager.default.fileExists(atPath: url.path) {
                try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: url.path)
                continue
            }
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(store.body(at: address) ?? []).write(to: url, options: .atomic)
        }
    }
}
