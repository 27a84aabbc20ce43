import API
import Configuration
import Core

/// What an operator sets about limits, proxies and metrics.
struct OperationSettings: Sendable {
    /// Requests of the API a minute, by user, token or address; `nil` is any number.
    let rateLimit: RateLimit?
    let trustedProxies: TrustedProxies
    /// Whoever sends it may read `/metrics` from another machine.
    let metricsToken: String?

    /// `text` gives a key's value, or the fallback when it is not set.
    init(_ text: (_ key: ConfigKey, _ fallback: String) -> String) throws {
        rateLimit = try Self.rateLimit(text("kapture.rate.limit", "100"))
        trustedProxies = try TrustedProxies(text("kapture.trusted.proxies", ""))
        let token = text("kapture.metrics.token", "")
        guard token.isEmpty || (16...200).contains(token.utf8.count), token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw ValidationError(
                field: "KAPTURE_METRICS_TOKEN", rule: "must be 16 to 200 letters, digits and signs without spaces")
        }
        metricsToken = token.isEmpty ? nil : token
    }

    private static func rateLimit(_ text: String) throws -> RateLimit? {
        if text == "off" { return nil }
        guard let count = Int(text), (1...1_000_000).contains(count) else {
            throw ValidationError(field: "KAPTURE_RATE_LIMIT", rule: "must be 1–1000000 requests a minute, or off")
        }
        return RateLimit(count)
    }
}
