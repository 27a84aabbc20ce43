import Core
import Foundation
import Site
import Store

/// An installation of made-up creators, the same for the same seed: what the benchmarks publish.
///
/// A user of 20 pages has 2 lists of 24 cards, 10 trend pages and 8 others; posts are shared between users.
struct BenchData {
    static let start = CivilTime(year: 2026, month: 11, day: 20, hour: 6).instant
    private static let topics = 50
    private static let snapshots = 8

    let store: Store
    let users: [UserID]

    /// Makes `count` users with `trends` trends each.
    init(users count: Int, trends: Int = 24, in store: Store, seed: UInt64, named name: String = "creator") async throws
    {
        self.store = store
        var generator = BenchGenerator(seed: seed)
        var byTopic: [Int: Set<WatchlistID>] = [:]
        var users: [UserID] = []
        for index in 0..<count {
            let (user, watchlist) = try await BenchData.makeUser(name, index, in: store)
            byTopic[index % BenchData.topics, default: []].insert(watchlist)
            users.append(user)
        }
        self.users = users
        for (topic, watchlists) in byTopic.sorted(by: { $0.key < $1.key }) {
            let posts = (0..<trends).map { BenchData.post($0, topic: "\(name)topic\(topic)", &generator) }
            var ingested = Ingested()
            for chunk in posts { ingested += try store.store(chunk, for: watchlists) }
            _ = try store.fanOut(ingested, to: watchlists, now: BenchData.start)
        }
        for user in users { try BenchData.makeBoards(for: user, in: store, &generator) }
    }

    private static func makeUser(_ name: String, _ index: Int, in store: Store) async throws -> (UserID, WatchlistID) {
        let creator = NewUser(
            email: "\(name)\(index)@example.com", name: "Creator \(index)", password: PasswordHash(encoded: "none"),
            isOperator: false)
        guard let user = try await store.createUser(creator, now: start) else {
            throw StoreFailure.taken(creator.email)
        }
        let rule = try WatchlistRule(keywords: ["\(name)topic\(index % topics)"])
        return (user, try store.createWatchlist("Topic \(index % topics)", rule: rule, for: user, now: start).id)
    }

    /// One post seen `snapshots` times, 6 hours apart.
    private static func post(_ index: Int, topic: String, _ generator: inout BenchGenerator) -> [Observation] {
        var post = Post(
            platform: Platform.allCases[index % 4], platformPostID: "\(topic)p\(index)", contentType: .video,
            url: "https://www.example.com/v/\(topic)p\(index)?a=1&b=2")
        post.title = "\(generator.sentence(7)) \(topic)"
        post.text = generator.sentence(40)
        post.author = Author(
            platform: post.platform, platformAuthorID: "\(topic)a", name: generator.sentence(2))
        post.publishedAt = start.adding(hours: -Double(60 + index % 40))
        post.duration = Int64(20 + index * 7 % 900)
        post.hashtags = [topic, generator.word(), generator.word()]
        var views = Int64.random(in: 1000...900_000, using: &generator)
        return (0..<snapshots).map { place in
            views += Int64.random(in: 0...200_000, using: &generator)
            let counts = Counts(views: views, likes: views / 20, shares: views / 300, comments: views / 150)
            let sighting = Sighting(post: post, counts: counts)
            return Observation(sighting, observedAt: start.adding(hours: Double(6 * (place - snapshots + 1))))
        }
    }

    private static func makeBoards(for user: UserID, in store: Store, _ generator: inout BenchGenerator) throws {
        let trends = try store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 3).map(\.id) } ?? []
        for _ in 0..<2 {
            try store.createIdeaboard(
                generator.sentence(4), content: generator.markdown(), trends: trends, for: user, now: start)
        }
    }
}

/// Words for the benchmarks, by SplitMix64: the same seed, the same text.
struct BenchGenerator: RandomNumberGenerator {
    private static let words = """
        the quick creator builds an audience with short videos about cooking travel music fitness gaming design code \
        science art and daily life while trends move fast across platforms
        """.split(separator: " ").map(String.init)

    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func word() -> String { BenchGenerator.words.randomElement(using: &self) ?? "" }

    mutating func sentence(_ count: Int) -> String {
        (0..<count).map { _ in word() }.joined(separator: " ")
    }

    /// About 2 kB: headings, tasks, emphasis, a link, a table.
    mutating func markdown() -> String {
        (0..<4).map { part in
            let tasks = (0..<4).map { "- [\($0 % 2 == 0 ? "x" : " ")] \(sentence(6))" }.joined(separator: "\n")
            return """
                ## \(sentence(4))

                \(sentence(40)) **\(sentence(3))** and [a link](https://example.com/\(part)).

                \(tasks)
                """
        }.joined(separator: "\n\n")
    }
}
