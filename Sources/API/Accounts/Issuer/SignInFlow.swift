import Core
import Crypto
import Foundation

/// What we must remember of a sign-in while the browser is at the issuer. It travels in the browser's own cookie, sealed
/// with the server's key, so that only that browser can come back with it.
struct SignInFlow: Codable, Sendable, Equatable {
    let state: String
    let nonce: String
    /// PKCE (RFC 7636).
    let verifier: String
    let next: String?
    let expiresAt: Instant

    static let lifetime: Int64 = 600

    init(next: String?, now: Instant) {
        (state, nonce, verifier) = (SessionToken.random().text, SessionToken.random().text, SessionToken.random().text)
        (self.next, expiresAt) = (next, now.adding(seconds: Self.lifetime))
    }

    /// S256.
    var challenge: String { Self.challenge(for: verifier) }

    static func challenge(for verifier: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8))))
    }

    /// What is remembered of a state that was spent.
    var stateDigest: [UInt8] { Array(SHA256.hash(data: Array(state.utf8))) }

    // MARK: Sealing

    func sealed(with key: [UInt8]) throws -> String {
        let box = try AES.GCM.seal(try JSONEncoder().encode(self), using: Self.key(key))
        return Base64URL.encode(Array(box.combined ?? Data()))
    }

    /// `nil` for anything that we did not seal, or that is too old.
    init?(_ sealed: String, key: [UInt8], now: Instant) {
        guard let bytes = Base64URL.decode(sealed.utf8), let box = try? AES.GCM.SealedBox(combined: bytes),
            let data = try? AES.GCM.open(box, using: Self.key(key)),
            let flow = try? JSONDecoder().decode(SignInFlow.self, from: data), flow.expiresAt > now
        else { return nil }
        self = flow
    }

    private static func key(_ server: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: server), info: Data("kapture sign-in flow".utf8), outputByteCount: 32)
    }
}

/// The cookie that a sign-in through the issuer travels in.
struct FlowCookie: Sendable {
    let name: String
    private let attributes: String

    init(isSecure: Bool) {
        name = isSecure ? "__Host-kapture-flow" : "kapture-flow"
        attributes = "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    func setting(_ sealed: String) -> String { "\(name)=\(sealed); Max-Age=\(SignInFlow.lifetime)\(attributes)" }
    var clearing: String { "\(name)=; Max-Age=0\(attributes)" }

    /// The values of the cookies with this name.
    func values(in header: String?) -> [String] { CookieHeader.values(header) { $0 == name } }
}

/// The `Cookie` field of a request.
enum CookieHeader {
    /// The values of all cookies whose name is wanted, in order.
    static func values(_ header: String?, where isWanted: (Substring) -> Bool) -> [String] {
        (header ?? "").split(separator: ";").compactMap { pair in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, isWanted(parts[0]) else { return nil }
            return String(parts[1])
        }
    }
}
