import Core
import Foundation
import Scraping
import Store

/// Runs files of recorded payloads through the adapters into the store.
struct Importer {
    /// A file's outcome: what was stored, what was not, and why.
    struct Report {
        var stored = IngestSummary()
        /// How often each reason occurred.
        var skipped: [String: Int] = [:]
        /// Each rejected item, with its place.
        var rejected: [(place: String, reason: String)] = []
        var rejectedCount = 0
    }

    /// Only so many rejected items are remembered one by one.
    private static let remembered = 50
    private static let batchSize = 500

    let store: Store
    /// The time of observation of records that carry none; the file's modification time without it.
    let observedAt: Instant?
    /// Called with the bytes read so far and the size of the file.
    let progress: (Int64, Int64) -> Void

    /// Streams one file into the store. Returns its report and what was stored.
    func run(_ path: String) throws -> (Report, Ingested) {
        let (modified, size) = try Importer.attributes(of: path)
        let fallback = observedAt ?? modified
        var run = Run(store: store)
        try ImportReader().read(path: path) { item in
            switch item.adapted {
            case .sighting(let sighting):
                try run.add(Observation(sighting, observedAt: sighting.observedAt ?? fallback))
            case .skipped(let reason): run.report.skipped[reason, default: 0] += 1
            case .rejected(let reason): run.reject(item.place, reason)
            }
            progress(item.byteOffset, size)
        }
        try run.flush()
        progress(size, size)
        run.report.stored = run.ingested.summary
        return (run.report, run.ingested)
    }

    private static func attributes(of path: String) throws -> (modified: Instant, size: Int64) {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        guard let date = attributes[.modificationDate] as? Date else {
            throw ValidationError(
                field: path, rule: "must be a file with a modification time; give --observed-at instead")
        }
        let size = (attributes[.size] as? NSNumber)?.int64Value ?? 0
        return (Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000)), size)
    }

    private struct Run {
        let store: Store
        var report = Report()
        var ingested = Ingested()
        var batch: [Observation] = []

        mutating func add(_ observation: Observation) throws {
            batch.append(observation)
            if batch.count >= Importer.batchSize { try flush() }
        }

        mutating func flush() throws {
            guard !batch.isEmpty else { return }
            ingested += try store.store(batch)
            batch.removeAll(keepingCapacity: true)
        }

        mutating func reject(_ place: String, _ reason: String) {
            report.rejectedCount += 1
            if report.rejected.count < Importer.remembered { report.rejected.append((place, reason)) }
        }
    }
}
