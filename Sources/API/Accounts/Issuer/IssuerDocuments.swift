import Core
import Foundation

/// Reads the issuer's documents: where its endpoints are, and the keys it signs with.
struct IssuerDocuments: Sendable {
    let settings: IssuerSettings
    let fetching: any Fetching

    /// `openid-configuration`. Throws `ServiceFailure` when it is not this issuer's, or names what is not encrypted.
    func endpoints() async throws -> IssuerEndpoints {
        let body = try await document(settings.document("openid-configuration"))
        guard let endpoints = try? JSONDecoder().decode(IssuerEndpoints.self, from: Data(body)) else {
            throw failure("Its openid-configuration cannot be read.")
        }
        guard endpoints.issuer == settings.issuer else {
            throw failure("Its openid-configuration names another issuer than KAPTURE_OIDC_ISSUER.")
        }
        let scheme = settings.issuer.hasPrefix("https:") ? "https://" : "http"
        guard endpoints.all.allSatisfy({ $0.hasPrefix(scheme) }) else {
            throw failure("Its openid-configuration names an address that is not https.")
        }
        return endpoints
    }

    /// The keys of `address`, by their ids; those that we do not take are left out.
    func keys(at address: String) async throws -> IssuerKeys {
        guard let set = try? JSONDecoder().decode(KeySetDocument.self, from: Data(try await document(address))) else {
            throw failure("Its keys cannot be read.")
        }
        return await IssuerKeys(set)
    }

    private func document(_ address: String) async throws -> [UInt8] {
        var request = OutboundRequest(.get, address, service: "oidc")
        (request.isGuarded, request.timeout, request.sizeLimit) = (false, .seconds(10), 256 * 1024)
        request.headers = [("Accept", "application/json")]
        let answer = try await fetching.fetch(request)
        guard answer.status == 200 else { throw failure("It answers \(answer.status) for one of its documents.") }
        return answer.body
    }

    private func failure(_ reason: String) -> ServiceFailure {
        ServiceFailure("oidc", .structural, "Sign-in with \(settings.name) does not work now. \(reason)")
    }
}

/// What an issuer's `openid-configuration` tells.
struct IssuerEndpoints: Decodable, Sendable, Equatable {
    let issuer: String
    let authorization: String
    let token: String
    let keys: String
    let authenticationMethods: [String]?

    enum CodingKeys: String, CodingKey {
        case issuer
        case authorization = "authorization_endpoint"
        case token = "token_endpoint"
        case keys = "jwks_uri"
        case authenticationMethods = "token_endpoint_auth_methods_supported"
    }

    var all: [String] { [authorization, token, keys] }
}
