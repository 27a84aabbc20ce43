import JWTKit

/// The keys an issuer signs with, each for one algorithm.
///
/// Only RS256 and ES256 are taken, and a key's algorithm is fixed by the key: a token cannot talk us into another one,
/// such as `none`, or HS256 with the public key as its secret.
struct IssuerKeys: Sendable {
    struct Key: Sendable {
        let algorithm: String
        /// Holds this key alone.
        let verifier: JWTKeyCollection
    }

    private var keys: [String: Key] = [:]

    init(_ document: KeySetDocument) async {
        for key in document.keys { await add(key) }
    }

    subscript(id: String) -> Key? { keys[id] }

    private mutating func add(_ key: KeySetDocument.Key) async {
        guard key.use ?? "sig" == "sig", var jwk = key.jwk, let id = jwk.keyIdentifier?.string else { return }
        let algorithm: JWK.Algorithm
        switch (jwk.keyType, jwk.curve?.rawValue) {
        case (.rsa, _): algorithm = .rs256
        case (.ecdsa, "P-256"): algorithm = .es256
        default: return
        }
        guard jwk.algorithm ?? algorithm == algorithm else { return }
        (jwk.algorithm, jwk.privateExponent) = (algorithm, nil)
        let verifier = JWTKeyCollection()
        // A key that is malformed or too short is none.
        guard (try? await verifier.add(jwk: jwk)) != nil else { return }
        keys[id] = Key(algorithm: algorithm.rawValue, verifier: verifier)
    }
}

/// `jwks.json` (RFC 7517). A key of a kind that we do not know does not spoil the others.
struct KeySetDocument: Decodable, Sendable {
    struct Key: Decodable, Sendable {
        let use: String?
        let jwk: JWK?

        init(from decoder: any Decoder) throws {
            use = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            jwk = try? JWK(from: decoder)
        }

        enum CodingKeys: String, CodingKey { case use }
    }
    let keys: [Key]
}
