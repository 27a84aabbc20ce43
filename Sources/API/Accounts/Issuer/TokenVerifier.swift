import Core
import Crypto
import Foundation
import JWTKit

/// Why a token is not taken. For the log: the client only learns that it is not valid.
enum TokenRefusal: String, Error, Sendable, Equatable {
    case malformed, algorithm, unknownKey, signature, issuer, expired, notYet, audience, party, pending, actedFor, nonce
    case accessTokenHash
}

/// Checks the issuer's tokens.
struct TokenVerifier: Sendable {
    let settings: IssuerSettings
    private let keys: Refreshed<IssuerKeys>
    private let now: @Sendable () -> Instant

    /// Clocks may differ by so many seconds.
    static let skew: Double = 5
    /// No token of a sane issuer is larger.
    private static let sizeLimit = 16 * 1024

    init(_ settings: IssuerSettings, keys: Refreshed<IssuerKeys>, now: @escaping @Sendable () -> Instant) {
        (self.settings, self.keys, self.now) = (settings, keys, now)
    }

    /// A token that a page or program sends to act for its user, as Clerk's session tokens (`facts` of Clerk: version 2).
    ///
    /// It must name the page it was made for (`azp`): without it, a token for another application of the same issuer
    /// would do. Refused as well are sessions that are not complete, and people who act in the user's place.
    func sessionClaims(_ token: String) async throws -> TokenClaims {
        let claims = try await claims(token)
        guard let party = claims.authorizedParty, settings.parties.contains(party) else { throw TokenRefusal.party }
        guard claims.status != "pending" else { throw TokenRefusal.pending }
        guard claims.actor == nil else { throw TokenRefusal.actedFor }
        return claims
    }

    /// An ID token that came from the token endpoint (OpenID Connect Core 1.0, 3.1.3.7).
    func idClaims(_ token: String, nonce: String, accessToken: String?) async throws -> TokenClaims {
        let claims = try await claims(token)
        guard let client = settings.client?.id, let audience = claims.audience?.all, audience.contains(client) else {
            throw TokenRefusal.audience
        }
        guard claims.authorizedParty ?? client == client, audience.count == 1 || claims.authorizedParty != nil else {
            throw TokenRefusal.party
        }
        guard ConstantTime.equal(Array((claims.nonce ?? "").utf8), Array(nonce.utf8)) else { throw TokenRefusal.nonce }
        if let hash = claims.accessTokenHash, let accessToken, hash != Self.leftHalf(of: accessToken) {
            throw TokenRefusal.accessTokenHash
        }
        return claims
    }

    // MARK: What holds for every token

    private func claims(_ token: String) async throws -> TokenClaims {
        let header = try Self.header(of: token)
        let claims = try await verified(token, header)
        guard claims.issuer == settings.issuer, !claims.subject.isEmpty else { throw TokenRefusal.issuer }
        let now = Double(now().milliseconds) / 1000
        guard claims.expiresAt > now - Self.skew else { throw TokenRefusal.expired }
        guard (claims.notBefore ?? 0) <= now + Self.skew, (claims.issuedAt ?? 0) <= now + Self.skew else {
            throw TokenRefusal.notYet
        }
        return claims
    }

    /// With the keys we have; when none fits, once more with newer ones, since issuers change theirs.
    private func verified(_ token: String, _ header: Header) async throws -> TokenClaims {
        do {
            return try await Self.verify(token, header, try await keys.value())
        } catch TokenRefusal.unknownKey, TokenRefusal.signature {
            return try await Self.verify(token, header, try await keys.refreshed())
        }
    }

    private static func verify(_ token: String, _ header: Header, _ keys: IssuerKeys) async throws -> TokenClaims {
        guard let key = header.kid.flatMap({ keys[$0] }) else { throw TokenRefusal.unknownKey }
        guard key.algorithm == header.alg else { throw TokenRefusal.algorithm }
        do {
            return try await key.verifier.verify(token)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw TokenRefusal.malformed
        } catch {
            throw TokenRefusal.signature
        }
    }

    // MARK: Header

    private struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    /// Read before any key is looked at. Extensions that must be understood are not.
    private static func header(of token: String) throws(TokenRefusal) -> Header {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= sizeLimit, parts.count == 3, let bytes = Base64URL.decode(parts[0].utf8) else {
            throw .malformed
        }
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(bytes)), header.crit == nil else {
            throw .malformed
        }
        guard ["RS256", "ES256"].contains(header.alg) else { throw .algorithm }
        return header
    }

    /// Both algorithms hash with SHA-256.
    private static func leftHalf(of accessToken: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Array(accessToken.utf8)).prefix(16)))
    }
}
