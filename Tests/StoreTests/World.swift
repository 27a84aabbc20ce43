import Core
import Store
import TestSupport
import Testing

/// One user's data of every kind: trends "a" to "d" in one watchlist, board "One" with a and b, board "Two" with c.
struct World: Sendable {
    let fixture: StoreFixture
    let user: UserID
    let list: WatchlistID
    let trends: [String: TrendID]
    let boards: [String: IdeaboardID]

    var store: Store { fixture.store }
    static let start = StoreFixture.start

    init() async throws {
        try await self.init(in: StoreFixture())
    }

    /// For the fixture's own user, or for another one of the same store.
    init(in fixture: StoreFixture, user: UserID? = nil) throws {
        (self.fixture, self.user) = (fixture, user ?? fixture.user)
        let (store, owner) = (fixture.store, self.user)
        list = try store.createWatchlist("Everything", rule: .everything, for: owner, now: Self.start).id
        for (place, name) in ["a", "b", "c", "d"].enumerated() {
            try fixture.see(name, views: 1000, at: Self.start.adding(hours: Double(place)))
        }
        let trends = try Self.trends(of: owner, in: store)
        let ids = try ["a", "b", "c"].map { try #require(trends[$0]) }
        self.trends = trends
        boards = [
            "One": try store.createIdeaboard(
                "One", content: "x", trends: [ids[0], ids[1]], for: owner, now: Self.start
            ).id,
            "Two": try store.createIdeaboard("Two", content: "y", trends: [ids[2]], for: owner, now: Self.start).id,
        ]
    }

    private static func trends(of user: UserID, in store: Store) throws -> [String: TrendID] {
        let trends = try store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 1000) } ?? []
        return Dictionary(uniqueKeysWithValues: trends.map { ($0.post.platformPostID, $0.id) })
    }

    func trend(_ name: String) throws -> TrendID { try #require(trends[name]) }
    func board(_ name: String) throws -> IdeaboardID { try #require(boards[name]) }

    func snapshot<Value>(_ body: (any SiteSnapshot) throws -> Value) throws -> Value {
        try #require(try store.withSnapshot(of: .user(user), body))
    }

    var revision: Int64 { get throws { try snapshot { $0.head.revision } } }

    /// Stores sightings and lets them reach the watchlists.
    @discardableResult
    func ingest(_ observations: Observation..., to lists: Set<WatchlistID>? = nil) throws -> [Change] {
        try store.fanOut(try store.store(observations, for: lists), to: lists, now: Self.start)
    }

    /// What was stamped after `revision`: sections, trends by their post, boards by their title.
    func stamped(after revision: Int64) throws -> Stamps {
        let names = Dictionary(uniqueKeysWithValues: trends.map { ($1, $0) })
        return try snapshot { snapshot in
            Stamps(
                sections: Set(Section.allCases.filter { snapshot.head.revision(of: $0) > revision }),
                trends: Set(try snapshot.trendIDs(changedAfter: revision).map { names[$0] ?? "new" }),
                boards: Set(
                    try snapshot.ideaboardTexts(changedAfter: revision).keys
                        .compactMap { try snapshot.ideaboard($0)?.title }))
        }
    }
}

struct Stamps: Equatable {
    let sections: Set<Section>
    let trends: Set<String>
    let boards: Set<String>
}

extension StoreFixture {
    func addUser(_ email: String, name: String? = nil) async throws -> UserID {
        let user = NewUser(email: email, name: name, password: PasswordHash(encoded: "x"), isOperator: false)
        return try #require(try await store.createUser(user, now: Self.start))
    }
}
