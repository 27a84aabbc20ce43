import ArgumentParser
import Core
import Foundation
import Scraping

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stores recorded posts from files and brings trends up to date.",
        discussion: """
            Files may be Apify datasets (JSON or CSV), Reddit listings, yt-dlp info JSON, Atom or RSS feeds, or the \
            trending data set. Importing a file twice changes nothing. Exits with 1 when a file could not be read or \
            all of it was rejected.
            """)

    @Argument(help: "Files to import, in this order.")
    var files: [String]

    @Option(help: "When the posts were seen, for records that do not say: ISO date or date and time, UTC.")
    var observedAt: String?

    @Option(help: "Only match these watchlists: id or name, repeatable.")
    var watchlist: [String] = []

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let observed = try observedAt.map(Import.observed)
        let house = try await Installation.open(installation.arguments)
        let chosen = try chosenWatchlists(house)
        var total = Importer.Report()
        var failures = 0
        for file in files {
            var bar = ProgressBar((file as NSString).lastPathComponent)
            let importer = Importer(store: house.store, chosen: chosen, observedAt: observed) {
                bar.show($0, of: $1)
            }
            var outcome = importer.run(file)
            bar.end()
            do { _ = try house.store.fanOut(outcome.ingested, to: chosen, now: Clock.now()) } catch {
                outcome.failure = outcome.failure ?? error
            }
            total += outcome.report
            if outcome.failure == nil || !outcome.report.isEmpty {
                for line in outcome.report.lines(of: file) { Terminal.write(Terminal.harmless(line)) }
            }
            if let failure = outcome.failure {
                let reason = failure is ImportFailure ? "\(failure)" : "\(file): \(failure)"
                Terminal.note(Terminal.harmless(reason))
            }
            if outcome.failure != nil || outcome.report.isAllRejected { failures += 1 }
        }
        if files.count > 1 { Terminal.write(total.lines(of: "all files")[0]) }
        if failures > 0 { throw ExitCode.failure }
    }

    private static func observed(_ text: String) throws -> Instant {
        let field = "--observed-at"
        guard let instant = Timestamp.iso(text) else {
            throw ValidationError(field: field, rule: "must be an ISO date such as 2026-11-24 or 2026-11-24T14:05:00Z")
        }
        guard instant <= Clock.now() else {
            throw ValidationError(field: field, rule: "must not be in the future: nothing can have been seen yet")
        }
        return instant
    }

    private func chosenWatchlists(_ house: Installation) throws -> Set<WatchlistID>? {
        guard !watchlist.isEmpty else { return nil }
        return try Set(
            watchlist.flatMap { name in
                let found = try house.store.watchlists(named: name)
                guard !found.isEmpty else {
                    throw ValidationError(field: "--watchlist", rule: "must be an existing id or name, not \(name)")
                }
                return found
            })
    }
}

/// The machine's clock.
enum Clock {
    static let now: @Sendable () -> Instant = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
