import ArgumentParser
import Core
import Foundation
import Site
import Synchronization

struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Renders the pages that are behind their data.",
        discussion: "Without --user or --all, every site. Current sites cost a look each.")

    @Flag(help: "Publish every user's site and the public pages.")
    var all = false

    @Option(help: "Only this user's site: id or e-mail address.")
    var user: String?

    @Flag(help: "Only say how many sites are behind.")
    var dryRun = false

    @Option(help: "How many sites are rendered at once.")
    var threads = 2

    @Option(
        help: """
            Write one user's pages and the assets as a plain tree (trends/<id>/index.html) to this folder. What needs the \
            server stays behind: feeds, search, forms, public pages.
            """)
    var output: String?

    @Flag(help: "Print the figures as JSON.")
    var json = false

    @OptionGroup var installation: InstallationOptions

    func validate() throws {
        guard (1...64).contains(threads) else { throw ValidationError(field: "--threads", rule: "must be 1–64") }
        guard let output else { return }
        guard !output.isEmpty else { throw ValidationError(field: "--output", rule: "must name a folder") }
        guard !dryRun else {
            throw ValidationError(field: "--output", rule: "writes files, and --dry-run does not: leave one out")
        }
        guard user != nil else {
            throw ValidationError(field: "--output", rule: "needs --user: a tree shows one user's pages")
        }
    }

    func run() async throws {
        let house = try await Installation.open(installation.arguments)
        if let output, let user { return try await writeTree(house, of: user, to: output) }
        let started = ContinuousClock.now
        if user == nil, !dryRun { _ = try house.publisher.publish(.publicPages) }
        let report = PublishRun(publisher: house.publisher, threads: threads)
            .run(try await sites(house), isDryRun: dryRun, progress: progress(try house.store.userSites().count))
        try show(report, seconds: (ContinuousClock.now - started).seconds)
        for failure in report.failures { Terminal.note("user \(failure.site): \(failure.reason)") }
        if !report.failures.isEmpty { throw ExitCode.failure }
    }

    private func sites(_ house: Installation) async throws -> [(user: UserID, version: SiteVersion)] {
        guard let user else { return try house.store.userSites() }
        let id = try await house.user(user)
        return try house.store.userSites().filter { $0.user == id }
    }

    private func progress(_ total: Int) -> @Sendable (Int) -> Void {
        let bar = Mutex(ProgressBar("publish"))
        return { done in bar.withLock { $0.show(Int64(done), of: Int64(total)) } }
    }

    private func show<Files, Rendering>(_ report: PublishRun<Files, Rendering>.Report, seconds: Double) throws {
        if json {
            var figures = PublishFigures(
                publishSeconds: seconds, pages: report.pages, bytes: report.bytesWritten, rssBytes: Memory.peakBytes())
            figures.behind = dryRun ? report.published : nil
            return Terminal.write(try figures.json())
        }
        let verb = dryRun ? "behind" : "published"
        Terminal.write(
            "\(Figures.plural(report.sites, "site")): \(report.published) \(verb), \(report.written) pages written "
                + "(\(report.bytesWritten) bytes) in \(seconds.rounded(to: 3)) s")
    }

    private func writeTree(_ house: Installation, of user: String, to folder: String) async throws {
        let tree = SiteTree(publisher: house.publisher, assets: house.assets.bodies)
        let absolute = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
        let count = try tree.write(.user(try await house.user(user)), to: absolute)
        Terminal.write("\(Figures.plural(count, "file")) in \(folder)")
    }
}

/// The figures of a publish as benchmarks read them.
struct PublishFigures: Codable {
    var publishSeconds: Double
    var pages: Int
    var bytes: Int
    var rssBytes: Int
    /// Sites that are behind; only where nothing was to be written.
    var behind: Int?

    enum CodingKeys: String, CodingKey {
        case publishSeconds = "publish_seconds"
        case pages, bytes, behind
        case rssBytes = "rss_bytes"
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// This process's memory.
enum Memory {
    /// The largest resident set so far, in bytes, from `VmHWM`.
    static func peakBytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Double {
    func rounded(to places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
        return (self * scale).rounded() / scale
    }
}
