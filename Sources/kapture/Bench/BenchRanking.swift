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
}
