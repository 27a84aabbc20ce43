import ArgumentParser
import Core
import Foundation
import Site

struct BenchUnchanged: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unchanged", abstract: "A publish of everything when nothing changed.")

    @Option(help: "How many users.")
    var users = 5000

    @Option(help: "Pages a user.")
    var pages = 20

    @Option(help: "Seed of the data.")
    var seed: UInt64 = 1

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let house = try await BenchHouse(users: users, pages: pages, output: nil, root: installation.root, seed: seed)
        defer { house.remove() }
        let run = PublishRun(publisher: house.house.publisher, threads: 2)
        let total = run.run(try house.house.store.userSites()).pages
        var timings = Timings()
        for _ in 0..<11 {
            try timings.measure {
                let report = run.run(try house.house.store.userSites())
                guard report.published == 0 else {
                    throw ValidationError(field: "unchanged", rule: "must publish nothing")
                }
            }
        }
        Terminal.write("nothing changed at \(total) pages: \(timings.summary)")
    }
}
