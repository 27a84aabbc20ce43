import ArgumentParser
import Core
import Foundation
import Site

struct BenchEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "From the beginning of a write to its renamed manifest.")

    @Option(help: "How many users besides the one with many trends.")
    var users = 10_000

    @Option(help: "Trends of the user with many.")
    var trends = 5000

    @Option(help: "How many edits of each kind.")
    var edits = 1000

    @Option(help: "Seed of the data.")
    var seed: UInt64 = 1

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let bench = try await BenchHouse(users: users, pages: nil, output: nil, root: installation.root, seed: seed)
        defer { bench.remove() }
        let house = bench.house
        let rich = try await BenchData(users: 1, trends: trends, in: house.store, seed: seed + 1, named: "rich").users[
            0]
        _ = PublishRun(publisher: house.publisher, threads: 2).run(try house.store.userSites())
        var generator = BenchGenerator(seed: seed)
        try show("ideaboard edited, one of \(users) users") {
            try editBoard(of: bench.data.users.randomElement(using: &generator) ?? rich, house, &generator)
        }
        try show("ideaboard edited, user with \(trends) trends") { try editBoard(of: rich, house, &generator) }
        try show("trend saved, user with \(trends) trends") { try saveTrend(of: rich, house, &generator) }
    }

    private func show(_ title: String, _ edit: () throws -> (() throws -> Void)) throws {
        var timings = Timings()
        for _ in 0..<edits {
            let work = try edit()
            try timings.measure(work)
        }
        Terminal.write("\(title): \(timings.summary)")
    }

    private func editBoard(
        of user: UserID, _ house: Installation, _ generator: inout BenchGenerator
    ) throws -> (() throws -> Void) {
        let boards = try house.store.withSnapshot(of: .user(user)) { try $0.ideaboards() } ?? []
        let (board, text) = (boards[0], generator.markdown())
        return {
            let change = try house.store.updateIdeaboard(
                board.id, title: board.title, content: text, status: .draft, for: user, now: Clock.now())
            _ = try house.publisher.publish(change.site)
        }
    }

    private func saveTrend(
        of user: UserID, _ house: Installation, _ generator: inout BenchGenerator
    ) throws -> (() throws -> Void) {
        let trends = try house.store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 1000) } ?? []
        guard let trend = trends.randomElement(using: &generator) else { return {} }
        let state: TrendState = trend.state == .saved ? .seen : .saved
        return {
            let change = try house.store.setState(state, of: trend.id, for: user)
            _ = try house.publisher.publish(change.site)
        }
    }
}
