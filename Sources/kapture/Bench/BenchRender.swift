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

struct BenchMarkdown: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown", abstract: "Rendering ordinary and hostile Markdown of up to 256 KiB.")

    func run() throws {
        var generator = BenchGenerator(seed: 1)
        let ordinary = (0..<120).map { _ in generator.markdown() }.joined(separator: "\n\n")
        func filled(_ unit: String) -> String {
            String(repeating: unit, count: 262_144 / unit.utf8.count)
        }
        let inputs = [
            ("ordinary", String(ordinary.prefix(250_000))), ("![[]()", filled("![[]()")), ("[", filled("[")),
            ("*a_", filled("*a_")), ("> ", filled("> ")), ("|a", "|" + filled("a|") + "\n|" + filled("-|")),
            ("`", (1...720).map { String(repeating: "`", count: $0) }.joined(separator: " ")),
            ("[^1]", filled("[^1]\n\n[^1]: a\n\n")), ("www.", filled("www.")), ("<!--", filled("<!--")),
        ]
        let renderer = MarkdownRenderer()
        for (name, text) in inputs {
            var timings = Timings()
            for _ in 0..<5 { timings.measure { _ = try? renderer.render(text) } }
            Terminal.write("\(name), \(text.utf8.count) bytes: \(timings.summary)")
        }
    }
}
