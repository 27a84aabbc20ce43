import ArgumentParser
import Core
import Foundation
import Markdown
import Site

struct BenchRender: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Rendering a list of 24 cards and a trend page, without files.")

    @Option(help: "Seed of the data.")
    var seed: UInt64 = 1

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let bench = try await BenchHouse(users: 1, pages: 20, output: nil, root: installation.root, seed: seed)
        defer { bench.remove() }
        let probe = try bench.house.renderer.probe(.user(bench.data.users[0]), in: bench.house.store)
        for (name, bytes, render) in probe {
            var timings = Timings()
            for _ in 0..<200 { render() }
            for _ in 0..<2000 { timings.measure(render) }
            Terminal.write("\(name), \(bytes) bytes: \(timings.summary)")
        }
    }
}
