import Core
import Site
import Store

/// Random edits of one user's data, of every kind that pages show, and of the clock.
package struct EditSequence {
    package let store: Store
    package let user: UserID
    package private(set) var now: Instant
    private var generator: SeededGenerator
    private var serial: Int

    /// `serial` keeps names apart from those that an earlier sequence gave to the same user's things.
    package init(store: Store, user: UserID, start: Instant, seed: UInt64, serial: Int = 0) {
        (self.store, self.user, now, self.serial) = (store, user, start, serial)
        generator = SeededGenerator(seed: seed)
    }

    package mutating func chance(_ percent: Int) -> Bool { random(100) < percent }

    package mutating func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    /// Watchlists, posts and a board to begin with.
    package mutating func begin() throws {
        try addWatchlist()
        for _ in 0..<3 { try ingest() }
        try addBoard()
    }

    /// One edit; those that find nothing to edit add something instead.
    package mutating func edit() async throws {
        serial += 1
        switch random(27) {
        case 0: try addBoard()
        case 1, 2: try await editBoard()
        case 3: try pickBoard().map { _ = try store.deleteIdeaboard($0.id, for: user) }
        case 4: try attach()
        case 5: try detach()
        case 6, 7: try pickTrend().map { _ = try store.setState(state(), of: $0.id, for: user) }
        case 8: if let trend = try pickTrend() { _ = try await store.removeTrend(trend.id, of: user) }
        case 9, 10: try ingest()
        case 11: try addWatchlist()
        case 12:
            if let list = try pickWatchlist() {
                _ = try await store.renameWatchlist(list.id, to: text(), for: user, now: now)
            }
        case 13: if let list = try pickWatchlist() { _ = try await store.removeWatchlist(list.id, of: user) }
        case 14, 15: try await moveJob()
        case 16: try await share()
        case 17: try await unshare()
        case 18: try await restore()
        case 19: try await reorder()
        case 20: try await addCollection()
        case 21, 22: try await organize()
        case 23: try await endCollection()
        case 24: try await setPicture()
        case 25: _ = try await store.removePicture(of: user)
        default: _ = try store.renameUser(user, to: chance(20) ? nil : text(), now: now)
        }
        if chance(30) { now = now.adding(hours: Double(random(40)) / 3) }
    }

    // MARK: Kinds of edits

    private mutating func addWatchlist() throws {
        var limits = WatchlistRule.Limits()
        if chance(60) { limits.maximumAgeHours = 20 + random(80) }
        let words = chance(30) ? ["video"] : []
        let rule = try WatchlistRule(keywords: words, limits: limits)
        _ = try store.createWatchlist(text(), rule: rule, for: user, now: now)
    }

    private mutating func ingest() throws {
        let observations = (0..<6 + random(8)).map { _ in
            let id = "p\(random(30))"
            var post = Post(
                platform: Platform.allCases[random(4)], platformPostID: id, contentType: .video,
                url: "https://example.com/\(id)")
            post.title = chance(90) ? "\(text()) video" : nil
            let author = "author\(random(4))"
            post.author = Author(platform: post.platform, platformAuthorID: author, name: chance(90) ? author : text())
            post.publishedAt = chance(80) ? now.adding(hours: -Double(random(90))) : nil
            post.duration = chance(50) ? Int64(random(2000)) : nil
            let counts = Counts(
                views: chance(90) ? Int64(random(100_000)) : nil, likes: chance(50) ? Int64(random(5000)) : nil)
            return Observation(Sighting(post: post, counts: counts), observedAt: now)
        }
        _ = try store.fanOut(try store.store(observations), to: nil, now: now)
    }

    private mutating func addBoard() throws {
        let trends = try (0..<random(4)).compactMap { _ in try pickTrend()?.id }
        try store.createIdeaboard(text(), content: text(), trends: Array(Set(trends)).sorted(), for: user, now: now)
    }

    private mutating func editBoard() async throws {
        guard let board = try pickBoard() else { return try addBoard() }
        let title = chance(50) ? board.title : text()
        var edit = IdeaboardEdit(base: board.version)
        (edit.title, edit.content) = (title, "# \(text())\n\n\(text())")
        edit.status = IdeaboardStatus.allCases[random(3)]
        if chance(30) { edit.description = .some(chance(50) ? text() : nil) }
        if chance(30) { edit.tags = [text()] }
        edit.isAutosave = chance(50)
        _ = try await store.editIdeaboard(board.id, edit, of: user, now: now)
    }

    private mutating func attach() throws {
        guard let board = try pickBoard(), let trend = try pickTrend() else { return try addBoard() }
        _ = try store.attach(trend.id, to: board.id, for: user)
    }

    private mutating func detach() throws {
        guard let board = try pickBoard(), let trend = board.trendIDs.first else { return try attach() }
        _ = try store.detach(trend, from: board.id, for: user)
    }

    /// A job is asked for, taken, ended, or steered.
    private mutating func moveJob() async throws {
        let job = try store.withSnapshot(of: .user(user)) { try $0.openJobs(among: 50).first } ?? nil
        guard let job, chance(70) else {
            let terms = JobTerms(userID: user)
            return _ = try await store.enqueue(ChaosJob(.done, milliseconds: serial), terms, now: now)
        }
        if job.status == .failed { return _ = try await store.retryJob(job.id, of: user, now: now) }
        if chance(20) { return _ = try await store.cancelJob(job.id, of: user, now: now) }
        let claim = JobClaim(
            worker: "edits", names: [ChaosJob.jobName], places: [ChaosJob.queue: 1], leaseUntil: now.adding(hours: 9))
        let leases = try await store.exchange([], for: claim, now: now).claimed.map(\.lease)
        guard let lease = leases.first, chance(60) else { return }
        let failure = JobFailure(chance(50) ? .transient : .blocked, text())
        let outcomes: [JobOutcome] = [.done, .released, .failed(failure), .retry(after: .seconds(60), failure)]
        _ = try await store.exchange([JobReport(lease, outcomes[random(4)])], for: nil, now: now)
    }

    private mutating func share() async throws {
        guard let board = try pickBoard() else { return try addBoard() }
        _ = try await store.shareIdeaboard(board.id, of: user)
    }

    private mutating func unshare() async throws {
        guard let board = try pickBoard() else { return try addBoard() }
        _ = try await store.unshareIdeaboard(board.id, of: user)
    }

    private mutating func restore() async throws {
        guard let board = try pickBoard() else { return try addBoard() }
        let versions = try await store.versions(of: board.id, of: user)
        let version = versions[random(versions.count)].number
        _ = try await store.restoreVersion(version, of: board.id, of: user, now: now)
    }

    private mutating func reorder() async throws {
        guard let board = try pickBoard() else { return try addBoard() }
        _ = try await store.orderTrends(board.trendIDs.shuffled(using: &generator), of: board.id, of: user)
    }

    private mutating func addCollection() async throws {
        guard try collections().count < LibraryCollection.most else { return try await endCollection() }
        _ = try await store.createCollection(text(), of: user, now: now)
    }

    /// Things are filed, taken out, tagged and unsaved, all at once.
    private mutating func organize() async throws {
        let collections = try collections().map(\.collection.id)
        guard !collections.isEmpty else { return try await addCollection() }
        var edit = LibraryEdit()
        for _ in 0..<1 + random(6) { try pickTrend().map { edit.trends.append($0.id) } }
        if chance(50) { try pickBoard().map { edit.boards.append($0.id) } }
        if chance(70) { edit.addTo = collections[random(collections.count)] }
        if chance(30) { edit.removeFrom = collections[random(collections.count)] }
        if chance(30) { edit.adding = [text()] }
        if chance(20) { edit.state = state() }
        _ = try await store.organize(edit, of: user, now: now)
    }

    private mutating func endCollection() async throws {
        let collections = try collections().map(\.collection.id)
        guard !collections.isEmpty else { return try await addCollection() }
        let id = collections[random(collections.count)]
        if chance(50) { return _ = try await store.removeCollection(id, of: user) }
        _ = try await store.renameCollection(id, to: text(), of: user, now: now)
    }

    private mutating func setPicture() async throws {
        let bytes = (0..<64).map { _ in UInt8(random(256)) }
        let file = Picture(format: Picture.Format.allCases[random(3)], kept: bytes)
        _ = try await store.setPicture(NamedPicture(file, digest: PictureDigest(sha256: bytes)), of: user, now: now)
    }

    // MARK: Choices

    private func collections() throws -> [CollectionContents] {
        try store.withSnapshot(of: .user(user)) { try $0.collections() } ?? []
    }

    private mutating func state() -> TrendState { TrendState.allCases[random(TrendState.allCases.count)] }

    private mutating func text() -> String {
        let parts = [
            "Launch", "été", "<b>bold</b>", "\u{202E}rtl", "👩‍🚀", "&amp;", "{{name}}", "日本", "\"quoted'", "one two",
        ]
        return "\(parts[random(parts.count)]) \(parts[random(parts.count)]) \(serial)"
    }

    private mutating func pickBoard() throws -> Ideaboard? {
        let boards = try store.withSnapshot(of: .user(user)) { try $0.ideaboards() } ?? []
        return boards.isEmpty ? nil : boards[random(boards.count)]
    }

    private mutating func pickTrend() throws -> Trend? {
        let trends = try store.withSnapshot(of: .user(user)) { try $0.listedTrends(limit: 1000) } ?? []
        return trends.isEmpty ? nil : trends[random(trends.count)]
    }

    private mutating func pickWatchlist() throws -> Watchlist? {
        let lists = try store.withSnapshot(of: .user(user)) { try $0.watchlists() } ?? []
        return lists.isEmpty ? nil : lists[random(lists.count)]
    }
}

extension Store {
    /// Gives a watchlist another name and leaves its rule.
    package func renameWatchlist(
        _ id: WatchlistID, to name: String, for user: UserID, now: Instant
    ) async throws -> Change {
        guard let list = try await watchlist(id, of: user) else { throw StoreFailure.missing("watchlist \(id)") }
        let (_, change) = try await editWatchlist(
            id, to: WatchlistDraft(name: name, rule: list.rule), for: user, now: now)
        return change ?? Change(site: .user(user), revision: 0)
    }
}
