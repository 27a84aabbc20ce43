import Core
import Crypto
import CryptoExtras
import Foundation
import Synchronization

@testable import API

/// An OpenID Connect issuer that a test steers: real keys, real signatures, its documents behind the port `Fetching`.
final class TestIssuer: Fetching {
    static let address = "https://id.example"

    private struct State {
        var keys: [(id: String, key: any SigningKey)] = []
        var fetched: [String] = []
        var asked: [OutboundRequest] = []
        var isDown = false
        /// What the token endpoint answers.
        var tokens: (status: Int, body: String) = (400, #"{"error":"invalid_grant"}"#)
        var discovery = TestIssuer.discovery()
        var extraKeys: [String] = []
        var block: CheckedContinuation<Void, Never>?
    }
    private let state = Mutex(State())

    init() {
        add(Self.rsa, as: "ins_1")
    }

    static let rsa = RSAKey()
    static let otherRSA = RSAKey()
    static let elliptic = EllipticKey()

    func add(_ key: any SigningKey, as id: String) { state.withLock { $0.keys.append((id, key)) } }
    func add(rawKey json: String) { state.withLock { $0.extraKeys.append(json) } }
    func removeKeys() { state.withLock { $0.keys = [] } }
    func isDown(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }
    func answers(_ status: Int, _ body: String) { state.withLock { $0.tokens = (status, body) } }
    func discovery(_ json: String) { state.withLock { $0.discovery = json } }

    var fetched: [String] { state.withLock { $0.fetched } }
    /// Requests to the token endpoint.
    var asked: [OutboundRequest] { state.withLock { $0.asked } }

    static func discovery(
        issuer: String = address, token: String = address + "/token", methods: String = #"["client_secret_basic"]"#
    ) -> String {
        """
        {"issuer":"\(issuer)","authorization_endpoint":"\(address)/authorize","token_endpoint":"\(token)",
        "jwks_uri":"\(address)/keys","token_endpoint_auth_methods_supported":\(methods),"other":{}}
        """
    }

    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        try state.withLock { state in
            state.fetched.append(request.url)
            guard !state.isDown else { throw ServiceFailure("oidc", .transient, "The other side does not answer.") }
            switch request.url {
            case Self.address + "/.well-known/openid-configuration":
                return OutboundResponse(status: 200, headers: [], body: Array(state.discovery.utf8))
            case Self.address + "/keys":
                let keys = (state.keys.map { $0.key.json(id: $0.id) } + state.extraKeys).joined(separator: ",")
                return OutboundResponse(status: 200, headers: [], body: Array(#"{"keys":[\#(keys)]}"#.utf8))
            case Self.address + "/token":
                state.asked.append(request)
                return OutboundResponse(status: state.tokens.status, headers: [], body: Array(state.tokens.body.utf8))
            default:
                return OutboundResponse(status: 404, headers: [], body: [])
            }
        }
    }

    // MARK: Tokens

    /// The claims of a session token of Clerk for `subject`, now.
    static func claims(_ changes: [String: JSON?] = [:], now: Instant = ManualClock.start) -> [String: JSON] {
        let seconds = now.milliseconds / 1000
        var claims: [String: JSON] = [
            "iss": .text(address), "sub": .text("user_1"), "sid": .text("sess_1"), "azp": .text("http://localhost"),
            "iat": .integer(seconds), "nbf": .integer(seconds - 10), "exp": .integer(seconds + 60), "v": .integer(2),
            "sts": .text("active"),
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    /// A token signed by `key`, whatever its header says.
    static func token(
        _ claims: [String: JSON], header: [String: JSON] = ["alg": .text("RS256"), "kid": .text("ins_1")],
        key: any SigningKey = rsa
    ) throws -> String {
        let parts = [JSON.object(header), .object(claims)].map { Base64URL.encode(Array($0.bytes)) }
        let signed = parts.joined(separator: ".")
        return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8)))
    }
}

extension JSON {
    /// The document as bytes.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.value(self)
        return writer.bytes
    }
}

/// A key that an issuer signs with.
protocol SigningKey: Sendable {
    func sign(_ bytes: [UInt8]) throws -> [UInt8]
    /// The public half (RFC 7517).
    func json(id: String) -> String
}

struct RSAKey: SigningKey {
    private let pem: String

    init() {
        // 2,048 bits are always a possible size.
        pem = (try? _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation) ?? ""
    }

    private func key() throws -> _RSA.Signing.PrivateKey { try _RSA.Signing.PrivateKey(pemRepresentation: pem) }

    func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(try key().signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
    }

    /// As text, for the attack that takes it for a shared secret.
    func publicPEM() throws -> String { try key().publicKey.pemRepresentation }

    func json(id: String) -> String {
        guard let primitives = try? key().publicKey.getKeyPrimitives() else { return "{}" }
        let (n, e) = (Base64URL.encode(Array(primitives.modulus)), Base64URL.encode(Array(primitives.publicExponent)))
        return #"{"kty":"RSA","use":"sig","alg":"RS256","kid":"\#(id)","n":"\#(n)","e":"\#(e)"}"#
    }
}

struct EllipticKey: SigningKey {
    private let raw = P256.Signing.PrivateKey().rawRepresentation

    func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(try P256.Signing.PrivateKey(rawRepresentation: raw).signature(for: bytes).rawRepresentation)
    }

    func json(id: String) -> String {
        guard let point = try? P256.Signing.PrivateKey(rawRepresentation: raw).publicKey.rawRepresentation else {
            return "{}"
        }
        let (x, y) = (Base64URL.encode(Array(point.prefix(32))), Base64URL.encode(Array(point.suffix(32))))
        return #"{"kty":"EC","crv":"P-256","kid":"\#(id)","x":"\#(x)","y":"\#(y)"}"#
    }
}

/// A shared secret, which no issuer may sign with.
struct SharedSecret: SigningKey {
    let secret: [UInt8]

    func sign(_ bytes: [UInt8]) throws -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: secret)))
    }

    func json(id: String) -> String {
        #"{"kty":"oct","alg":"HS256","kid":"\#(id)","k":"\#(Base64URL.encode(secret))"}"#
    }
}

/// No signature at all.
struct NoKey: SigningKey {
    func sign(_ bytes: [UInt8]) throws -> [UInt8] { [] }
    func json(id: String) -> String { "{}" }
}
