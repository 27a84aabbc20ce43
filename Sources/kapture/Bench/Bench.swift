import ArgumentParser
import Core
import Foundation
import SQL
import Site
import Store

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures what Kapture promises, on data of its own.",
        subcommands: [
            BenchPublish.self, BenchUnchanged.self, BenchEdit.self, BenchRender.self, BenchMarkdown.self,
            BenchRanking.self, BenchJobs.self, BenchDatabase.self, BenchAPI.self,
        ])
}

/// An installation filled for one benchmark.
struct BenchHouse {
    let house: Installation
    let data: BenchData
    let folder: String

    /// Fills `output`, which stays, or a temporary folder.
    init(users: Int, pages: Int?, output: String?, root: String?, seed: UInt64) async throws {
        folder = output ?? NSTemporaryDirectory() + "kapture-bench-\(getpid())"
        house = try await Installation.open(BenchHouse.arguments(folder, pages: pages, root: root))
        data = try await BenchData(users: users, trends: max(24, (pages ?? 0) / 2), in: house.store, seed: seed)
    }

    /// Lists of 24, and half of a user's pages trend pages; without `pages`, the product's own limits.
    static func arguments(_ folder: String, pages: Int?, root: String?) -> Settings.Arguments {
        var arguments = Settings.Arguments(dataFolder: folder, root: root)
        // Never the operator's own database.
        arguments.database = .sqlite(path: folder + "/kapture.db")
        guard let pages else { return arguments }
        arguments.limits.trendFiles = max(1, pages / 2)
        arguments.limits.listedTrends = 24
        return arguments
    }

    func close() throws {
        try house.store.close()
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Seconds of repeated work, as a benchmark reports them.
struct Timings {
    private(set) var seconds: [Double] = []

    mutating func measure(_ body: () throws -> Void) rethrows {
        let started = ContinuousClock.now
        try body()
        seconds.append((ContinuousClock.now - started).seconds)
    }

    /// The value below which `share` of the measurements lie; 0.5 is the median.
    func quantile(_ share: Double) -> Double {
        let sorted = seconds.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// "median 1.2 ms, p99 3.4 ms, 100 runs".
    var summary: String {
        func shown(_ value: Double) -> String {
            value < 0.001 ? "\((value * 1e6).rounded(to: 1)) µs" : "\((value * 1e3).rounded(to: 2)) ms"
        }
        return "median \(shown(quantile(0.5))), p99 \(shown(quantile(0.99))), \(seconds.count) runs"
    }
}
