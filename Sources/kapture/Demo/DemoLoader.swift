import API
import Content
import Core
import Scraping
import Store

/// Lets a demonstration happen: day by day, so that the growth of its posts is real.
struct DemoLoader {
    let house: Installation
    let script: DemoScript
    /// The recorded days are moved by whole days so that the last one is today.
    let now: Instant

    func load(password: String) async throws -> UserID {
        let user = try await makeUser(password)
        let start = Instant(milliseconds: now.day * 86_400_000).adding(hours: -24 * 14)
        var lists: [String: WatchlistID] = [:]
        for (index, list) in script.watchlists.enumerated() {
            let created = start.adding(hours: Double(index) / 60)
            lists[list.name] = try house.store.createWatchlist(list.name, rule: list.rule, for: user, now: created).id
        }
        var observations: [Observation] = []
        for group in script.groups { observations += try moved(group) }
        try play(observations)
        try makeBoards(for: user, lists)
        return user
    }

    private func makeUser(_ password: String) async throws -> UserID {
        let hash = try await PasswordHasher().hash(try Password(password))
        let creator = NewUser(email: script.email, name: script.name, password: hash, isOperator: true)
        guard let user = try await house.store.createUser(creator, now: now) else {
            throw StoreFailure.taken(script.email)
        }
        return user
    }

    /// The sightings of a group of files, all their dates moved by the same number of days.
    private func moved(_ group: DemoScript.Group) throws -> [Observation] {
        var seen: [(sighting: Sighting, at: Instant)] = []
        for path in group.paths {
            try ImportReader().read(path: path) { item in
                guard case .sighting(let sighting) = item.adapted else { return }
                if let instant = sighting.observedAt ?? group.observedAt { seen.append((sighting, instant)) }
            }
        }
        let last = seen.map(\.at).max() ?? now
        let hours = Double((now.day - last.day) * 24)
        return seen.map { sighting, instant in
            var post = sighting.post
            post.publishedAt = post.publishedAt?.adding(hours: hours)
            return Observation(Sighting(post: post, counts: sighting.counts), observedAt: instant.adding(hours: hours))
        }
    }

    private func play(_ observations: [Observation]) throws {
        let days = Dictionary(grouping: observations, by: \.observedAt).sorted { $0.key < $1.key }
        for (instant, seen) in days {
            _ = try house.store.fanOut(try house.store.store(seen), to: nil, now: instant)
        }
    }

    private func makeBoards(for user: UserID, _ lists: [String: WatchlistID]) throws {
        let trends = try house.store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 1000) } ?? []
        for (index, board) in script.boards.enumerated() {
            let members = trends.filter { trend in lists[board.watchlist].map(trend.watchlistIDs.contains) ?? false }
            let strongest = members.sorted {
                ($0.score.outlier.ratio ?? 0, $0.post.platformPostID) > (
                    $1.score.outlier.ratio ?? 0, $1.post.platformPostID
                )
            }
            try house.store.createIdeaboard(
                board.title, content: board.content, trends: strongest.prefix(board.proofs).map(\.id), for: user,
                now: now.adding(hours: -Double(index * 20 + 2)))
        }
    }
}
