import API
import Core

/// Looks at what the settings say about addresses, proxies and who may come in.
struct NetworkExamination {
    let settings: Settings

    private var url: PublicAddress { settings.publicURL }
    private var listensEverywhere: Bool { ["0.0.0.0", "::", "[::]"].contains(settings.place.address) }
    private var proxies: TrustedProxies { settings.operation.trustedProxies }
    /// Whether others than the people at this machine are meant to come.
    private var isPublic: Bool { !url.isLoopback }

    func findings() -> [Finding] {
        let findings = [reach(), port(), encryption(), proxy(), trust(), signUp(), limits()].compactMap { $0 }
        return findings + [
            .ok("address", "\(url.origin), listening on \(settings.place.address):\(settings.place.port)")
        ]
    }

    private func reach() -> Finding? {
        guard listensEverywhere, url.isLoopback else { return nil }
        return .warning(
            "address", "Kapture listens to every machine but answers only as \(url.origin): others get 421",
            mend: "Set KAPTURE_URL to the address that people type in, or KAPTURE_HOST=127.0.0.1.")
    }

    private func port() -> Finding? {
        guard url.isLoopback, url.port != settings.place.port, proxies.isEmpty else { return nil }
        return .problem(
            "address", "links lead to port \(url.port), and Kapture listens on \(settings.place.port)",
            mend: "Give KAPTURE_URL the port \(settings.place.port), or set KAPTURE_PORT=\(url.port).")
    }

    private func encryption() -> Finding? {
        guard isPublic, !url.isSecure else {
            guard url.isSecure, listensEverywhere else { return nil }
            return .warning(
                "address", "port \(settings.place.port) is open to every machine without TLS",
                mend: "Set KAPTURE_HOST=127.0.0.1 and let the proxy that speaks TLS pass requests on.")
        }
        return .warning(
            "address", "\(url.origin) carries passwords and cookies unencrypted over the network",
            mend: "Put a proxy that speaks TLS in front, and set KAPTURE_URL to its https address.")
    }

    private func proxy() -> Finding? {
        guard url.isSecure || settings.accelRedirect, proxies.isEmpty else { return nil }
        return .warning(
            "proxies", "behind a proxy all visitors seem to come from its address and share one rate limit",
            mend: "Set KAPTURE_TRUSTED_PROXIES to the proxy's address, such as 127.0.0.1.")
    }

    private func trust() -> Finding? {
        guard proxies.trustsEverybody else { return nil }
        return .problem(
            "proxies", "KAPTURE_TRUSTED_PROXIES holds every address: anybody may say where a request comes from",
            mend: "List only the addresses of your own proxies.")
    }

    private func signUp() -> Finding {
        guard settings.signUp == .open, isPublic else { return .ok("sign-up", "it is \(settings.signUp.rawValue)") }
        return .warning(
            "sign-up", "anybody who finds \(url.origin) may make an account",
            mend: "Set KAPTURE_SIGN_UP=closed, unless that is meant.")
    }

    private func limits() -> Finding? {
        guard isPublic, settings.operation.rateLimit == nil else { return nil }
        return .warning(
            "limits", "requests are not limited", mend: "Remove KAPTURE_RATE_LIMIT=off; 100 a minute is the default.")
    }
}
