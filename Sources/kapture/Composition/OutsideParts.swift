import API
import Core
import Outbound
import Synchronization

/// The services outside of Kapture that it may depend on: what `/health` shows and the doctor tries.
enum OutsideParts {
    static func checks(of settings: Settings, _ outside: WayOut) -> [HealthCheck] {
        [mail(outside), issuer(settings, outside), clerk(settings)].map { $0.rested(seconds: 60, now: Clock.now) }
    }

    private static func mail(_ outside: WayOut) -> HealthCheck {
        HealthCheck("mail") {
            guard let mailer = outside.mailer else { return .off }
            try await mailer.greet()
            return .up
        }
    }

    private static func issuer(_ settings: Settings, _ outside: WayOut) -> HealthCheck {
        HealthCheck("oidc") {
            guard let issuer = settings.accounts.issuer else { return .off }
            var request = OutboundRequest(.get, issuer.document("openid-configuration"), service: "oidc")
            (request.isGuarded, request.timeout, request.sizeLimit) = (false, .seconds(5), 256 * 1024)
            return try await outside.fetching.fetch(request).status == 200 ? .up : .down
        }
    }

    /// Clerk comes to us: all there is to know is whether its secret is set.
    private static func clerk(_ settings: Settings) -> HealthCheck {
        HealthCheck("clerk-webhooks") { settings.accounts.clerkKey == nil ? .off : .up }
    }
}

extension HealthCheck {
    /// The same, looking at most once in so many seconds: anybody may ask, and the other side should not feel it.
    func rested(seconds: Int64, now: @escaping @Sendable () -> Instant) -> HealthCheck {
        let known = Known()
        return HealthCheck(name, isEssential: isEssential) {
            if let (result, until) = known.last.withLock({ $0 }), until > now() { return try result.get() }
            let result: Result<Condition, any Error>
            do {
                result = .success(try await look())
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                result = .failure(error)
            }
            known.last.withLock { $0 = (result, now().adding(seconds: seconds)) }
            return try result.get()
        }
    }
}

private final class Known: Sendable {
    let last = Mutex<(result: Result<Condition, any Error>, until: Instant)?>(nil)
}
