import ArgumentParser
import Foundation

struct BenchRanking: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking",
        abstract: "NDCG@20 of the rising score and its baselines on files of the trending data set's shape.")

    @Argument(help: "Files of one JSON row a line.")
    var files: [String]

    @Flag(help: "Print a JSON list of {name, ndcg, countries}.")
    var json = false

    func run() throws {
        let evaluation = try RankingEvaluation(files: files)
        let results = RankingEvaluation.Ranker.all.map(evaluation.result)
        tell(leftOut: evaluation.leftOut, isMeasured: results.contains { !$0.countries.isEmpty })
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Terminal.write(String(decoding: try encoder.encode(results), as: UTF8.self))
        }
        let countries = Set(results.flatMap(\.countries.keys)).sorted()
        Terminal.write((["| ranking", "all"] + countries).joined(separator: " | ") + " |")
        Terminal.write("| --- |" + String(repeating: " ---: |", count: countries.count + 1))
        for result in results {
            let figures = [result.ndcg] + countries.map { result.countries[$0] ?? .nan }
            let shown = figures.map { String(format: "%.3f", $0) }
            Terminal.write((["| \(result.name)"] + shown).joined(separator: " | ") + " |")
        }
    }

    /// Says, beside the figures, what they do not stand on.
    private func tell(leftOut: Int, isMeasured: Bool) {
        if leftOut > 0 {
            Terminal.note("\(leftOut) lines were left out: they are no rows with id, day, country and views")
        }
        guard !isMeasured else { return }
        Terminal.note(
            "nothing was measured: no country has \(RankingEvaluation.fewest) posts seen on two days in a row")
    }
}
