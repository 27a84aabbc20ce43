import API
import ArgumentParser
import Core
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Site
import Store

struct BenchAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "Serves an installation of made-up creators to a load generator.",
        discussion: """
            Fills a temporary folder, publishes everything, serves it as `kapture serve` does, and prints one line of \
            JSON: the address, and creators with the cookie of a session, an ideaboard and trends of theirs; the last \
            one has --trends trends. With --bare it serves one route that answers with JSON, and nothing else: the \
            floor. Scripts/api-bench.sh and Scripts/form-bench.py measure both. Ends when told to.
            """)

    @Option(help: "How many users besides the one with many trends.")
    var users = 100

    @Option(help: "Trends of the user with many.")
    var trends = 24

    @Option(help: "How many users besides that one are signed in.")
    var signedIn = 50

    @Option(help: "Seed of the data.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Serve an answer of so many bytes and nothing else.", valueName: "bytes"))
    var bare: Int?

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        if let bare { return try await BareServer(bytes: bare).run() }
        let bench = try await BenchHouse(users: users, pages: nil, output: nil, root: installation.root, seed: seed)
        defer { bench.remove() }
        let rich = try await BenchData(
            users: 1, trends: trends, in: bench.house.store, seed: seed + 1, named: "rich"
        ).users
        _ = PublishRun(publisher: bench.house.publisher, threads: 2).run(try bench.house.store.userSites())
        var creators: [BenchCreator] = []
        for user in bench.data.users.prefix(signedIn) + rich {
            creators.append(try await BenchCreator(user, in: bench.house))
        }
        let facts = BenchFacts(address: bench.house.settings.publicURL.origin, creators: creators)
        try await Server(house: bench.house).run { _ in try? Terminal.write(facts.json()) }
    }
}

/// What a load generator needs to know.
private struct BenchFacts: Encodable, Sendable {
    let address: String
    let creators: [BenchCreator]

    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}

/// A user of the benchmark, signed in.
private struct BenchCreator: Encodable, Sendable {
    let cookie: String
    let board: String
    let trends: [String]

    init(_ user: UserID, in house: Installation) async throws {
        cookie = try await IssuedSession.cookie(
            of: user, in: house.store, at: house.settings.publicURL, now: Clock.now())
        let found = try house.store.withSnapshot(of: .user(user)) { snapshot in
            (try snapshot.ideaboards().map(\.id.rawValue), try snapshot.listedTrends(limit: 1000).map(\.id.rawValue))
        }
        (board, trends) = (found?.0.first ?? "", found?.1 ?? [])
    }
}

/// A Hummingbird server with one route: what nobody can be faster than.
private struct BareServer {
    let bytes: Int

    func run() async throws {
        let router = Router()
        let text = #"{"success":true,"data":""# + String(repeating: "x", count: max(0, bytes - 26)) + #""}"#
        let body = ByteBuffer(string: text)
        router.get("/bare") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
        }
        Descriptors.raiseLimit()
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { Terminal.write("http://127.0.0.1:\($0.localAddress?.port ?? 0)/bare") }, logger: quiet)
        let group = ServiceGroup(
            configuration: .init(
                services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        try await group.run()
    }
}
