import Core
import Foundation

/// Signing in through the issuer's pages: authorization code with PKCE (RFC 6749, 7636).
struct IssuerSignIn: Sendable {
    let settings: IssuerSettings
    let client: IssuerSettings.Client
    let endpoints: Refreshed<IssuerEndpoints>
    let verifier: TokenVerifier
    let fetching: any Fetching
    /// Where the issuer sends the browser back to; registered there.
    let redirectAddress: String

    /// Where the browser goes to sign in.
    func address(of flow: SignInFlow) async throws -> String {
        let endpoint = try await endpoints.value().authorization
        let query = FormText.query([
            ("response_type", "code"), ("client_id", client.id), ("redirect_uri", redirectAddress),
            ("scope", "openid email profile"), ("state", flow.state), ("nonce", flow.nonce),
            ("code_challenge", flow.challenge), ("code_challenge_method", "S256"),
        ])
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// What the issuer sent the browser back with.
    struct Callback: Sendable {
        let state: String
        let code: String?
        /// There when the user or the issuer said no.
        let error: String?
        /// RFC 9207.
        let issuer: String?
    }

    /// Who signed in. The state must already be known to be this browser's, and spent.
    func claims(for callback: Callback, _ flow: SignInFlow) async throws -> TokenClaims {
        guard callback.issuer ?? settings.issuer == settings.issuer else { throw TokenRefusal.issuer }
        guard let code = callback.code, callback.error == nil else {
            throw ServiceFailure("oidc", .blocked, "\(settings.name) did not sign you in. Try again.")
        }
        let answer = try await tokens(for: code, flow)
        return try await verifier.idClaims(answer.idToken, nonce: flow.nonce, accessToken: answer.accessToken)
    }

    private struct TokenAnswer: Decodable {
        let idToken: String
        let accessToken: String?

        enum CodingKeys: String, CodingKey {
            case idToken = "id_token"
            case accessToken = "access_token"
        }
    }

    private func tokens(for code: String, _ flow: SignInFlow) async throws -> TokenAnswer {
        let endpoints = try await endpoints.value()
        var request = OutboundRequest(.post, endpoints.token, service: "oidc")
        (request.isGuarded, request.timeout, request.sizeLimit) = (false, .seconds(10), 256 * 1024)
        request.headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectAddress),
            ("code_verifier", flow.verifier),
        ]
        authenticate(&request, &fields, methods: endpoints.authenticationMethods)
        request.body = Array(FormText.query(fields).utf8)
        let answer = try await fetching.fetch(request)
        guard answer.status == 200, let tokens = try? JSONDecoder().decode(TokenAnswer.self, from: Data(answer.body))
        else {
            throw ServiceFailure("oidc", .blocked, "\(settings.name) did not confirm the sign-in. Try again.")
        }
        return tokens
    }

    /// By `client_secret_basic` unless the issuer only takes `client_secret_post`; a public client says who it is.
    private func authenticate(
        _ request: inout OutboundRequest, _ fields: inout [(String, String)], methods: [String]?
    ) {
        let takesBasic = methods?.contains("client_secret_basic") ?? true
        guard let secret = client.secret, takesBasic else {
            fields.append(("client_id", client.id))
            if let secret = client.secret { fields.append(("client_secret", secret)) }
            return
        }
        // Both parts are form-encoded first (RFC 6749, 2.3.1).
        let pair = "\(FormText.component(client.id)):\(FormText.component(secret))"
        request.headers.append(("Authorization", "Basic \(Data(pair.utf8).base64EncodedString())"))
    }
}

extension FormText {
    /// As `encoded`, with the slash too.
    static func component(_ text: String) -> String { encoded(text).replacing("/", with: "%2F") }

    static func query(_ fields: [(String, String)]) -> String {
        fields.map { "\(component($0))=\(component($1))" }.joined(separator: "&")
    }
}
