import Core
import Store
import TestSupport
import Testing

@Suite("Order of sightings")
struct SightingOrderTests {
    private let start = StoreFixture.start

    private struct Seen: Equatable {
        let title: String?
        let author: String?
        let history: [Snapshot]
    }

    private func imported(_ observations: [Observation], batch: Int) async throws -> [String: Seen] {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for first in stride(from: 0, to: observations.count, by: batch) {
            let part = Array(observations[first..<min(first + batch, observations.count)])
            _ = try fixture.store.fanOut(try fixture.store.store(part), to: nil, now: start)
        }
        let trends = try fixture.trends()
        return Dictionary(
            uniqueKeysWithValues: trends.map {
                ($0.post.platformPostID, Seen(title: $0.post.title, author: $0.post.author?.name, history: $0.history))
            })
    }

    @Test(
        "Whatever order and batches sightings arrive in, the same is known at the end",
        arguments: 1...6 as ClosedRange<UInt64>)
    func anyOrder(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var observations: [Observation] = []
        for hours in 0..<6 {
            for post in ["a", "b", "c"] {
                let title = "\(post) at \(hours)"
                let author = Author(platform: .youtube, platformAuthorID: "one", name: "Name at \(hours)")
                var seen = Observation.video(post, title: title, views: nil, at: start.adding(hours: Double(hours)))
                    .post
                seen.author = author
                func count() -> Int64? { Bool.random(using: &random) ? .random(in: 0...1000, using: &random) : nil }
                observations += (0..<2).map { _ in
                    let counts = Counts(views: count(), likes: count(), shares: count(), comments: count())
                    return Observation(
                        Sighting(post: seen, counts: counts), observedAt: start.adding(hours: Double(hours)))
                }
            }
        }
        let inOrder = try await imported(observations, batch: 100)
        let shuffled = try await imported(
            observations.shuffled(using: &random), batch: Int.random(in: 1...9, using: &random))
        #expect(inOrder == shuffled, "seed \(seed)")
        #expect(Set(inOrder.values.map(\.author)) == ["Name at 5"])
        #expect(inOrder["a"]?.title == "a at 5")
    }

    @Test("At one instant each count is merged for itself")
    func eachCount() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for counts in [
            Counts(views: 5, likes: 9), Counts(views: 7, shares: 1), Counts(likes: 3, comments: 0), Counts(),
        ] {
            let post = Observation.video("a", views: nil, at: start).post
            let seen = Observation(Sighting(post: post, counts: counts), observedAt: start)
            _ = try fixture.store.fanOut(try fixture.store.store([seen]), to: nil, now: start)
        }
        #expect(
            try fixture.trends().map(\.history) == [
                [
                    Snapshot(observedAt: start, counts: Counts(views: 7, likes: 9, shares: 1, comments: 0))
                ]
            ])
    }

    @Test("A sighting without numbers makes no snapshot, and its words still count")
    func wordsOnly() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        try fixture.see("a", title: "Before", views: 5, at: start)
        #expect(try fixture.see("a", title: "After", views: nil, at: start.adding(hours: 1)).updated == 1)
        #expect(try fixture.trends().map(\.post.title) == ["After"])
        #expect(try fixture.trends().map(\.history.count) == [1])
    }

    @Test("What a later sighting does not know is kept from before")
    func kept() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        var full = Observation.video("a", title: "Title", views: 1, at: start).post
        (full.text, full.duration, full.language, full.hashtags) = ("Text", 42, "en", ["one"])
        let bare = Post(platform: .youtube, platformPostID: "a", contentType: .video, url: "https://youtu.be/a")
        for (hours, post) in [(0, full), (1, bare)] as [(Double, Post)] {
            let seen = Observation(
                Sighting(post: post, counts: Counts(views: 1)), observedAt: start.adding(hours: hours))
            _ = try fixture.store.fanOut(try fixture.store.store([seen]), to: nil, now: start)
        }
        let id = try #require(try fixture.trends().first).id
        let post = try #require(try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.trends([id]) }?.first)
            .post
        #expect(post.url == "https://youtu.be/a")
        #expect((post.title, post.text, post.language) == ("Title", "Text", "en"))
        #expect(post.duration == 42 && post.hashtags == ["one"] && post.author?.name == "Desk Notes")
    }

    @Test("The same id on two platforms is two posts")
    func platforms() async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        for platform in [Platform.youtube, .tiktok] {
            var post = Observation.video("1", views: 1, at: start).post
            (post.platform, post.author) = (platform, nil)
            let seen = Observation(Sighting(post: post, counts: Counts(views: 1)), observedAt: start)
            _ = try fixture.store.fanOut(try fixture.store.store([seen]), to: nil, now: start)
        }
        #expect(Set(try fixture.trends().map(\.post.platform)) == [.youtube, .tiktok])
    }

    @Test(
        "Text is kept as strangers wrote it, to the last byte",
        arguments: [
            "'; DROP TABLE posts; --", "\u{202E}rtl\u{200B}", "👩‍🚀 {{x}} <b>", "\"\\/\n\t",
            String(repeating: "長", count: 10_000),
        ])
    func hostileText(_ text: String) async throws {
        let fixture = try await StoreFixture()
        try fixture.followEverything()
        var post = Observation.video("a", title: text, views: 1, at: start, author: text).post
        (post.text, post.hashtags, post.language) = (text, [text, "b"], text)
        let seen = Observation(Sighting(post: post, counts: Counts(views: 1)), observedAt: start)
        _ = try fixture.store.fanOut(try fixture.store.store([seen]), to: nil, now: start)
        let id = try #require(try fixture.trends().first).id
        let read = try #require(try fixture.store.withSnapshot(of: .user(fixture.user)) { try $0.trends([id]) }?.first)
            .post
        #expect(read == post)
    }
}
