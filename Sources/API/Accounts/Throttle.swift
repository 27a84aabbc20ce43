import Core
import Crypto

/// Counts attempts by key, exactly and over all processes: so many within each window of UTC, ten in a minute unless it
/// is told otherwise.
struct Throttle: Sendable {
    let permits: any PermitLeasing
    /// The server's key: what is counted is named by a code made with it.
    let secret: [UInt8]
    let now: @Sendable () -> Instant
    /// Keys of different topics never meet.
    var topic = "attempt"
    var limit = 10
    var minutes: Int64 = 1

    /// The same with a topic and a limit of its own.
    func counting(_ topic: String, limit: Int, minutes: Int64) -> Throttle {
        Throttle(permits: permits, secret: secret, now: now, topic: topic, limit: limit, minutes: minutes)
    }

    /// Takes one attempt, or throws the refusal that says how long to wait. Attempts that are refused do not count.
    func take(_ key: String) async throws {
        let now = now()
        let last = lastMinute(at: now)
        let demand = PermitDemand("\(topic):\(name(of: key))", in: last, units: 1, limit: limit)
        guard try await permits.lease([demand]).first?.units == 1 else {
            let end = last.adding(seconds: RateLimit.windowSeconds)
            throw APIFailure.tooOften(retryAfter: max(1, Int((end.milliseconds - now.milliseconds + 999) / 1000)))
        }
    }

    /// What is counted outlives accounts, and a key may hold an address: without the secret none is found by guessing.
    private func name(of key: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("throttle|\(key)".utf8), using: SymmetricKey(data: secret))
        return Base64URL.encode(Array(code.prefix(16)))
    }

    /// A window is named by its last minute, so that it is not forgotten among those of a minute before it ends.
    private func lastMinute(at now: Instant) -> Instant {
        let minute = RateLimit.window(at: now).milliseconds / (RateLimit.windowSeconds * 1000)
        let rest = ((minute % minutes) + minutes) % minutes
        return Instant(milliseconds: (minute - rest + minutes - 1) * RateLimit.windowSeconds * 1000)
    }
}
