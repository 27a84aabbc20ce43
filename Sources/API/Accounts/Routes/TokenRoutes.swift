import Core
import HTTPTypes

/// Personal tokens, with which programs act for their user.
struct TokenRoutes: Sendable {
    let tokens: any TokenEditing
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .tokens, .browser, "Your tokens, newest first, without their text.", list),
            Endpoint(.post, .tokens, .browser, "Makes a token, whose text is shown this once.", create)
                .answering(.created).showing().failing(.conflict)
                .again { wrong, _ in
                    .account(.token(name: wrong["name"], scopes: wrong.fields["scopes"] ?? []), wrong)
                },
            Endpoint(.delete, .token(), .browser, "Revokes a token at once.", revoke),
            Endpoint(.post, .deleteToken(), .browser, "Revokes a token at once, for forms.", revoke),
        ]
    }

    @Sendable func list(_ input: NoInput, _ caller: Caller) async throws -> Answer<[APIToken]> {
        Answer(try await tokens.tokens(of: caller.userID))
    }

    @Sendable func create(_ input: NewTokenInput, _ caller: Caller) async throws -> Answer<NewToken> {
        let (secret, now) = (SessionToken.random(), now())
        var source = SystemRandomNumberGenerator()
        let expiry = input.days.map { now.adding(seconds: $0 * 86_400) }
        let token = APIToken(
            id: APITokenID(at: now, randomness: (source.next(), source.next())), userID: caller.userID,
            name: input.name, scopes: input.scopes, times: (now, nil, expiry))
        let change = try await tokens.createToken(token, digest: secret.digest)
        let text = TokenBearers.prefix + secret.text
        var answer = Answer(NewToken(token: token, text: text), status: .created, change: change, page: .settings)
        answer.shown = .newToken(name: token.name, text: text)
        return answer
    }

    @Sendable func revoke(_ input: TokenIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await tokens.revokeToken(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .settings)
    }
}

struct NewTokenInput: Input {
    let name: String
    let scopes: Set<TokenScope>
    let days: Int64?

    init(_ reader: inout InputReader) {
        name = reader.required("name", .text(1...100).like(.text("backup script")), "What it is for.")
        let kind = InputKind<[TokenScope]>.list(of: .choice(), 1...TokenScope.allCases.count)
        scopes = Set(reader.required("scopes", kind, "What it may do."))
        days = reader.optional("expires_in_days", .integer(1...3650), "When it ends by itself; never unless told.")
    }
}

struct TokenIDInput: Input {
    let id: APITokenID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}
