import Core
import Foundation

/// Somebody else who vouches for people: Clerk or any OpenID Connect provider.
package struct IssuerSettings: Sendable, Hashable {
    /// Exactly as it stands in tokens, which is also where its documents are found.
    package let issuer: String
    /// For signing in through its pages; `nil` where only its tokens are taken.
    package let client: Client?
    /// What `azp` may be in tokens that are sent to us: the origins of the pages they were made for.
    package let parties: Set<String>
    /// What the button of the sign-in page calls it.
    package let name: String

    package struct Client: Sendable, Hashable {
        package let id: String
        /// `nil` for a public client.
        package let secret: String?

        package init(id: String, secret: String?) {
            (self.id, self.secret) = (id, secret)
        }
    }

    /// `issuer` must be https, or http on this machine.
    package init(issuer: String, client: Client?, parties: Set<String>, name: String?) throws(ValidationError) {
        let parts = URLComponents(string: issuer)
        let isLocal = parts?.host.map(HostKind.isLoopback) ?? false
        guard let parts, let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
            parts.scheme == "https" || (parts.scheme == "http" && isLocal)
        else { throw ValidationError(field: "KAPTURE_OIDC_ISSUER", rule: "must be an https:// address") }
        (self.issuer, self.client, self.parties) = (issuer, client, parties)
        self.name = name ?? host
    }

    /// Where a document of the issuer is, such as `openid-configuration` (OpenID Connect Discovery 1.0, 4).
    package func document(_ name: String) -> String {
        "\(issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)/.well-known/\(name)"
    }
}
