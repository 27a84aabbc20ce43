import ArgumentParser
import Core
import Foundation
import Site

struct BenchPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Full build of many users' sites from nothing, rows already in SQLite.")

    @Option(parsing: .unconditional, help: "How many users.")
    var users = 500

    @Option(
        parsing: .unconditional,
        help: "Pages a user, half of them trend pages; or, from ten times the users on, of all users together.")
    var pages = 20

    @Option(help: "Folder for data and pages; stays. Without it a temporary one, removed at the end.")
    var output: String?

    @Option(parsing: .unconditional, help: "How many sites are rendered at once.")
    var threads = 2

    @Option(help: "Seed of the data.")
    var seed: UInt64 = 1

    @Flag(help: "Print {publish_seconds, pages, bytes, rss_bytes}.")
    var json = false

    @Option(help: ArgumentHelp("Publish what another run filled.", visibility: .hidden))
    var filled: String?

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        if let filled { return try await publishFilled(filled) }
        for (field, value) in [("--users", users), ("--pages", pages), ("--threads", threads)] where value < 1 {
            throw ValidationError(field: field, rule: "must be 1 or more")
        }
        let pages = pages >= 10 * users ? pages / users : pages
        let house = try await BenchHouse(
            users: users, pages: pages, output: output, root: installation.root, seed: seed)
        defer { if output == nil { house.remove() } }
        try house.close()
        // A process of its own, so that its memory is the publisher's alone.
        let figures = try Children.output(of: [
            "bench", "publish", "--filled", house.folder, "--pages", "\(pages)", "--threads", "\(threads)",
            "--root", house.house.settings.root,
        ])
        let result = try JSONDecoder().decode(PublishFigures.self, from: Data(figures.utf8))
        Terminal.write(json ? try result.json() : result.sentence(users: users, threads: threads))
    }

    private func publishFilled(_ folder: String) async throws {
        let house = try await Installation.open(BenchHouse.arguments(folder, pages: pages, root: installation.root))
        let sites = try house.store.userSites()
        let started = ContinuousClock.now
        let report = PublishRun(publisher: house.publisher, threads: threads).run(sites)
        let seconds = (ContinuousClock.now - started).seconds
        for failure in report.failures { throw ValidationError(field: "publish", rule: failure.reason) }
        let figures = PublishFigures(
            publishSeconds: seconds, pages: report.pages, bytes: report.bytesWritten, rssBytes: Memory.peakBytes())
        Terminal.write(try figures.json())
    }
}

extension PublishFigures {
    func sentence(users: Int, threads: Int) -> String {
        let each = publishSeconds / Double(max(1, pages)) * 1e6
        return
            "\(users) users, \(pages) pages, \(bytes / 1_000_000) MB in \(publishSeconds.rounded(to: 3)) s on \(threads) "
            + "threads: \(each.rounded(to: 1)) µs a page, peak memory \(rssBytes / 1_048_576) MiB"
    }
}

/// Runs of this same program.
enum Children {
    /// Standard output of `kapture` with these arguments; throws when it fails.
    static func output(of arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ValidationError(
                field: arguments.joined(separator: " "),
                rule: "must succeed, but ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
