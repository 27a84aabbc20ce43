import API
import Configuration
import Core

extension Settings {
    /// Who else vouches for people; `nil` unless `KAPTURE_OIDC_ISSUER` is set.
    static func issuer(_ reader: ConfigReader, publicURL: PublicAddress) throws -> IssuerSettings? {
        func text(_ key: ConfigKey) -> String? {
            let value = reader.string(forKey: key) ?? ""
            return value.isEmpty ? nil : value
        }
        guard let issuer = text("kapture.oidc.issuer") else { return nil }
        let client = text("kapture.oidc.client.id").map {
            IssuerSettings.Client(id: $0, secret: text("kapture.oidc.client.secret"))
        }
        let others = (text("kapture.oidc.origins") ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        return try IssuerSettings(
            issuer: issuer, client: client, parties: Set(others + [publicURL.origin]), name: text("kapture.oidc.name"))
    }
}
