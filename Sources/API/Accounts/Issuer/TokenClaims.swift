import JWTKit

/// What a token says, once its signature was checked. Times are seconds since 1970.
struct TokenClaims: JWTPayload, Equatable {
    let issuer: String
    let subject: String
    let expiresAt: Double
    var notBefore: Double?
    var issuedAt: Double?
    var audience: Audience?
    var authorizedParty: String?
    var nonce: String?
    var accessTokenHash: String?
    var email: String?
    var emailVerified: Truth?
    var name: String?
    /// Clerk: `pending` while the user has something left to do before being signed in.
    var status: String?
    /// Clerk: the session at the issuer.
    var sessionID: String?
    /// There when somebody acts in the user's place.
    var actor: Actor?

    enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case expiresAt = "exp"
        case notBefore = "nbf"
        case issuedAt = "iat"
        case audience = "aud"
        case authorizedParty = "azp"
        case nonce
        case accessTokenHash = "at_hash"
        case email
        case emailVerified = "email_verified"
        case name
        case status = "sts"
        case sessionID = "sid"
        case actor = "act"
    }

    /// One or several.
    struct Audience: Codable, Sendable, Equatable {
        let all: [String]

        init(_ all: [String]) {
            self.all = all
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let one = try? container.decode(String.self) {
                all = [one]
            } else {
                all = try container.decode([String].self)
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(all)
        }
    }

    /// `true`, which some providers write as text.
    struct Truth: Codable, Sendable, Equatable {
        let isTrue: Bool

        init(_ isTrue: Bool) {
            self.isTrue = isTrue
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            isTrue = try (try? container.decode(Bool.self)) ?? (container.decode(String.self) == "true")
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(isTrue)
        }
    }

    struct Actor: Codable, Sendable, Equatable {}

    /// The rules are `TokenVerifier`'s: they depend on what the token is for.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
