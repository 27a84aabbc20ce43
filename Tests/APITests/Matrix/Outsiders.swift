import Core
import HTTPTypes
import Store
import Testing

@testable import API

/// Everybody who may not see or change what an owner has, with what they send.
struct Outsiders {
    enum Kind: String, CaseIterable {
        case anonymous, otherUser, expiredSession, revokedToken, deletedUser, deletedUsersToken, wrongScope
    }

    /// Whoever signs out of it removes its row, which is nothing any more.
    let expiredSession: SessionID
    private let house: RealHouse
    private let fixed: [Kind: HTTPFields]
    private let tokensWithout: [TokenScope: HTTPFields]
    private let wholeToken: HTTPFields

    /// `gone` has asked for the end of their account.
    init(around owner: Resident, gone: Resident, in house: RealHouse) async throws {
        self.house = house
        let all = Set(TokenScope.allCases)
        let revoked = try await house.addToken(of: owner.user, all)
        _ = try await house.store.revokeToken(revoked.id, of: owner.user)
        let expired = try await house.expiredSession(of: owner.user)
        expiredSession = expired.id
        fixed = [
            .anonymous: [:], .expiredSession: [.cookie: expired.cookie],
            .revokedToken: Self.bearer(revoked.text), .deletedUser: [.cookie: gone.cookie],
            .deletedUsersToken: Self.bearer(gone.token.text),
        ]
        var tokens: [TokenScope: HTTPFields] = [:]
        for scope in TokenScope.allCases {
            tokens[scope] = Self.bearer(try await house.addToken(of: owner.user, all.subtracting([scope])).text)
        }
        (tokensWithout, wholeToken) = (tokens, Self.bearer(try await house.addToken(of: owner.user, all).text))
    }

    /// What somebody of this kind sends; `nil` where the route asks for no right.
    func credentials(of kind: Kind, for endpoint: Endpoint) async throws -> HTTPFields? {
        switch (kind, endpoint.access) {
        case (.otherUser, _): [.cookie: try await house.cookie(of: try await stranger())]
        case (.wrongScope, .anyone): nil
        case (.wrongScope, .user(let scope)): tokensWithout[scope]
        case (.wrongScope, _): wholeToken
        default: fixed[kind]
        }
    }

    private static func bearer(_ text: String) -> HTTPFields { [.authorization: "Bearer \(text)"] }

    /// Somebody new, who may end their account in the trying.
    private func stranger() async throws -> UserID {
        let name = "stranger-\(UInt64.random(in: 0 ... .max))@example.com"
        let new = NewUser(email: name, name: nil, password: PasswordHash(encoded: "none"), isOperator: false)
        return try #require(try await house.store.createUser(new, now: house.now))
    }
}

extension RealHouse {
    fileprivate func expiredSession(of user: UserID) async throws -> (id: SessionID, cookie: String) {
        let (token, ended) = (SessionToken.random(), now.adding(seconds: -1))
        let id = SessionID(at: now, randomness: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
        let session = Session(id: id, userID: user, createdAt: now.adding(seconds: -90), expiresAt: ended)
        try await store.createSession(session, tokenDigest: token.digest)
        return (id, "\(server.sessions.cookie.name)=\(token.text)")
    }
}
