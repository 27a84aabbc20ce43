import ArgumentParser
import Foundation
import Markdown

struct BenchMarkdown: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown",
        abstract: "Rendering ordinary and hostile Markdown of 256 KiB; with --fuzz, random repetitions too.")

    @Option(help: "Seconds of random repetitions.")
    var fuzz = 0

    @Option(help: "Seed of the random repetitions.")
    var seed: UInt64 = 1

    private static let fragments = [
        "![[]()", "[", "[a](", "*a_", "**x", "> ", "- ", "1. ", "`", "` `` ", "|", "|a\n", "~", "<", "<!--", "<?",
        "<![CDATA[", "[^1]",
        "www.", "http://", "@a.", "a@b.c ", "&", "\\", "[a]: b\n", "[^a]: b\n\n", "a\n", "#", "\t", "[a](<b", "![",
        "]]", "_ ", "a**b", "- [ ] ",
        "\n", "|-|-|\n", "|a|b|\n", " ", "(", ")", "\"", "'", ":", "```\n", "    ", "~~~\n", "|a|\n|-|\n", "|a", "\r",
        "2. ", "://", "w", "*", "_", "~~", "]", "](", "<a ",
        "=", "x",
    ]

    func run() throws {
        var generator = BenchGenerator(seed: seed)
        let ordinary = (0..<160).map { _ in generator.markdown() }.joined(separator: "\n\n")
        let runs = (1...720).map { String(repeating: "`", count: $0) }.joined(separator: " ")
        let wide = "|" + String(repeating: "a|", count: 60_000) + "\n|" + String(repeating: "-|", count: 60_000)
        let short =
            "|" + String(repeating: "a|", count: 99) + "\n|" + String(repeating: "-|", count: 99) + "\n"
            + String(repeating: "|\n", count: 130_000)
        var inputs = [
            ("ordinary", String(ordinary.prefix(262_000))), ("backtick runs", runs), ("wide table", wide),
            ("short rows", short),
        ]
        inputs += Self.fragments.map { ($0.debugDescription, Self.filled($0)) }
        let timed = inputs.map { (name: $0.0, seconds: Self.seconds($0.1)) }.sorted { $0.seconds > $1.seconds }
        for (name, seconds) in timed.prefix(12) { Terminal.write("\(name): \((seconds * 1000).rounded(to: 1)) ms") }
        if fuzz > 0 { try runFuzz(&generator) }
    }

    private func runFuzz(_ generator: inout BenchGenerator) throws {
        let end = ContinuousClock.now + .seconds(fuzz)
        var slowest: (seconds: Double, unit: String) = (0, "")
        var count = 0
        while ContinuousClock.now < end {
            let beginning = Self.randomUnit(0...3, &generator)
            let unit = Self.randomUnit(1...5, &generator)
            let seconds = Self.seconds(beginning + Self.filled(unit, less: beginning.utf8.count))
            count += 1
            if seconds > slowest.seconds {
                slowest = (seconds, unit)
                Terminal.write(
                    "\((seconds * 1000).rounded(to: 1)) ms: \(beginning.debugDescription), then \(unit.debugDescription)"
                )
            }
        }
        Terminal.write(
            "\(count) random repetitions, seed \(seed), slowest \((slowest.seconds * 1000).rounded(to: 1)) ms")
    }

    private static func filled(_ unit: String, less bytes: Int = 0) -> String {
        String(repeating: unit, count: (262_144 - bytes) / unit.utf8.count)
    }

    private static func randomUnit(_ counts: ClosedRange<Int>, _ generator: inout BenchGenerator) -> String {
        (0..<Int.random(in: counts, using: &generator)).map { _ in
            fragments.randomElement(using: &generator) ?? ""
        }.joined()
    }

    /// The fastest of three, so that other programs do not count.
    private static func seconds(_ text: String) -> Double {
        var timings = Timings()
        for _ in 0..<3 { timings.measure { _ = try? MarkdownRenderer().render(text) } }
        return timings.quantile(0)
    }
}
