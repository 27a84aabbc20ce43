import Core
import Crypto
import HTTPTypes
import Store
import TestSupport

@testable import API

/// Somebody with one object of every kind, each of which says their canary.
struct Resident {
    let user: UserID
    /// One word that stands in everything of theirs and nowhere else.
    let canary: String
    let cookie: String
    let watchlist: WatchlistID
    let trend: TrendID
    let board: IdeaboardID
    let collection: CollectionID
    let job: JobID
    let session: SessionID
    let picture: PictureDigest
    let token: (id: APITokenID, text: String)
    let links: (reset: String, email: String)

    /// Every id of theirs: none of them belongs into anybody else's answer.
    var ids: [String] {
        [user.rawValue, watchlist.rawValue, trend.rawValue, board.rawValue, job.rawValue, session.rawValue]
            + [collection.rawValue, token.id.rawValue, picture.text]
    }

    static let password = "correct horse battery"

    init(_ canary: String, in house: RealHouse) async throws {
        self.canary = canary
        let (store, now) = (house.store, house.now)
        let hash = try await house.hasher.hash(try Password(Self.password))
        let new = NewUser(email: "\(canary)@example.com", name: canary, password: hash, isOperator: false)
        guard let user = try await store.createUser(new, now: now) else { throw StoreFailure.taken(canary) }
        self.user = user
        (watchlist, trend) = try await Self.follow(canary, user, house.fixture)
        let draft = IdeaboardDraft(
            title: canary, description: canary, content: "## \(canary)", tags: [canary], status: .draft)
        let made = try await store.createIdeaboard(draft, trends: [trend], of: user, within: .max, now: now)
        board = made.board.id
        collection = try await store.createCollection(canary, of: user, now: now).collection.id
        picture = PictureDigest(sha256: SHA256.hash(data: Array(canary.utf8)))
        let file = Picture(format: .png, kept: SamplePicture.png + Array(canary.utf8))
        _ = try await store.setPicture(NamedPicture(file, digest: picture), of: user, now: now)
        job = try await store.enqueue(SweepSitesJob(), JobTerms(userID: user), now: now)
        _ = try await store.cancelJob(job, of: user, now: now)
        let opened = try await house.server.sessions.open(for: user, [.userAgent: canary])
        cookie = "\(house.server.sessions.cookie.name)=\(opened.text)"
        session = try await store.sessions(of: user, now: now)[0].id
        token = try await house.addToken(of: user, Set(TokenScope.allCases), named: canary)
        links = (
            try await house.addLink(.resetPassword, to: new.email),
            try await house.addLink(.changeEmail(user), to: "new-\(canary)@example.com")
        )
    }

    /// A trend of theirs alone, saved under a tag.
    private static func follow(
        _ canary: String, _ user: UserID, _ fixture: StoreFixture
    ) async throws -> (WatchlistID, TrendID) {
        let rule = try WatchlistRule(keywords: [canary])
        let watchlist = try fixture.store.createWatchlist(canary, rule: rule, for: user, now: StoreFixture.start).id
        try fixture.see("v-\(canary)", title: "About \(canary)", views: 100, at: StoreFixture.start)
        guard let trend = try await fixture.store.trends(of: user, TrendFilter(), Paging()).items.first else {
            throw StoreFailure.missing("trend of \(canary)")
        }
        _ = try await fixture.store.editTrend(trend.id, TrendEdit(state: .saved, tags: [canary]), of: user)
        return (watchlist, trend.id)
    }
}

extension RealHouse {
    /// A token with these scopes, and its text.
    func addToken(
        of user: UserID, _ scopes: Set<TokenScope>, named name: String = "script"
    ) async throws -> (id: APITokenID, text: String) {
        let secret = SessionToken.random()
        let id = APITokenID(at: now, randomness: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
        let token = APIToken(id: id, userID: user, name: name, scopes: scopes, times: (now, nil, nil))
        _ = try await store.createToken(token, digest: secret.digest)
        return (id, TokenBearers.prefix + secret.text)
    }

    /// A link that a mail would hold, and its token.
    func addLink(_ purpose: MailLink.Purpose, to email: String) async throws -> String {
        let secret = SessionToken.random()
        let id = MailLinkID(at: now, randomness: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
        let link = MailLink(id: id, purpose: purpose, email: email, expiresAt: now.adding(seconds: 3600))
        try await store.requestLink(link, now: now)
        try await store.arm(id, tokenDigest: secret.digest, now: now)
        return secret.text
    }

    /// The `Cookie` header of a new session.
    func cookie(of user: UserID) async throws -> String {
        "\(server.sessions.cookie.name)=\(try await server.sessions.open(for: user, [:]).text)"
    }
}
