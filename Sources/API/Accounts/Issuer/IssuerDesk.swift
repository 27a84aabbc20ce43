import Core
import Logging

/// Turns what the issuer says about somebody into a user of ours.
struct IssuerDesk: Sendable {
    let settings: IssuerSettings
    let verifier: TokenVerifier
    /// `nil` where only its tokens are taken.
    let signIn: IssuerSignIn?
    private let identities: any IdentityStoring
    private let now: @Sendable () -> Instant

    init(
        _ settings: IssuerSettings, fetching: any Fetching, identities: any IdentityStoring, origin: String,
        now: @escaping @Sendable () -> Instant
    ) {
        (self.settings, self.identities, self.now) = (settings, identities, now)
        let documents = IssuerDocuments(settings: settings, fetching: fetching)
        let endpoints = Refreshed(RefreshTerms(), now: now) { try await documents.endpoints() }
        let keys = Refreshed(RefreshTerms(), now: now) {
            try await documents.keys(at: try await endpoints.value().keys)
        }
        let verifier = TokenVerifier(settings, keys: keys, now: now)
        self.verifier = verifier
        signIn = settings.client.map { client in
            IssuerSignIn(
                settings: settings, client: client, endpoints: endpoints, verifier: verifier, fetching: fetching,
                redirectAddress: origin + APIRoute.issuerCallback.path)
        }
    }

    /// The user of these claims, made now if they were never here.
    func user(of claims: TokenClaims) async throws -> UserID {
        let identity = Identity(issuer: claims.issuer, subject: claims.subject)
        switch try await identities.owner(of: identity, IdentityProfile(claims), now: now()) {
        case .user(let user, _): return user
        case .gone: throw APIFailure(code: .forbidden, message: "This account was deleted at \(settings.name).")
        }
    }

    /// False when the state of this sign-in was spent before.
    func spend(_ flow: SignInFlow) async throws -> Bool {
        try await identities.spendState(digest: flow.stateDigest, until: flow.expiresAt, now: now())
    }
}

/// Bearer tokens of the issuer: a program that has one may do what its user may.
struct IssuerBearers: BearerResolving {
    let desk: IssuerDesk

    func caller(bearer: String) async throws -> Caller? {
        guard bearer.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else { return nil }
        do {
            let claims = try await desk.verifier.sessionClaims(bearer)
            let id = claims.sessionID ?? claims.subject
            return Caller(
                userID: try await desk.user(of: claims), means: .bearer(id: id, scopes: Set(TokenScope.allCases)))
        } catch is TokenRefusal {
            return nil
        }
    }
}
