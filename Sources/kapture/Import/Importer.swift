import Core
import Glibc
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
    private static let batchSize = 200
    /// How much later than this machine another one may think it is, in seconds.
    private static let clockError: Int64 = 300

    let store: Store
    /// The watchlists that what is read may join; all when it is `nil`.
    let chosen: Set<WatchlistID>?
    /// The time of observation of records that carry none; the file's modification time without it, never now.
    let observedAt: Instant?
    /// Called with the bytes read so far and the size of the file.
    let progress: (Int64, Int64) -> Void

    /// What came of a file. A failure may come after much was stored.
    struct Outcome {
        var report: Report
        var ingested: Ingested
        var failure: (any Error)?
    }

    /// Streams one file into the store.
    func run(_ path: String) -> Outcome {
        var run = Run(store: store, chosen: chosen)
        var failure: (any Error)?
        do { try read(path, into: &run) } catch { failure = error }
        do { try run.flush() } catch { failure = failure ?? error }
        run.report.stored = run.ingested.summary
        return Outcome(report: run.report, ingested: run.ingested, failure: failure)
    }

    private func read(_ path: String, into run: inout Run) throws {
        let (modified, size) = try Importer.attributes(of: path)
        let fallback = observedAt ?? modified
        let latest = Clock.now().adding(seconds: Importer.clockError)
        try ImportReader().read(path: path) { item in
            switch item.adapted {
            case .sighting(let sighting):
                guard let instant = sighting.observedAt ?? fallback else {
                    throw ImportFailure(path: path, reason: "it has no time of its own: give --observed-at")
                }
                if instant > latest {
                    run.reject(item.place, "seen on \(Figures.date(instant)), which is in the future")
                } else {
                    try run.add(Observation(sighting, observedAt: instant))
                }
            case .skipped(let reason): run.report.skipped[reason, default: 0] += 1
            case .rejected(let reason): run.reject(item.place, reason)
            }
            progress(item.byteOffset, size)
        }
        progress(size, size)
    }

    /// When the file was changed, `nil` for what is no file of its own, such as a pipe, whose time would be now.
    private static func attributes(of path: String) throws(ImportFailure) -> (modified: Instant?, size: Int64) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw ImportFailure(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return (nil, 0) }
        let time = status.st_mtim
        let modified = Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        return (modified, Int64(status.st_size))
    }

    private struct Run {
        let store: Store
        let chosen: Set<WatchlistID>?
        var report = Report()
        var ingested = Ingested()
        var batch: [Observation] = []

        mutating func add(_ observation: Observation) throws {
            batch.append(observation)
            if batch.count >= Importer.batchSize { try flush() }
        }

        mutating func flush() throws {
            guard !batch.isEmpty else { return }
            ingested += try store.store(batch, for: chosen)
            batch.removeAll(keepingCapacity: true)
        }

        mutating func reject(_ place: String, _ reason: String) {
            report.rejectedCount += 1
            if report.rejected.count < Importer.remembered { report.rejected.append((place, reason)) }
        }
    }
}
