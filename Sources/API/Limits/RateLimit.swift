import Core

/// How many requests a key may make: a number within each whole minute of UTC (a fixed window), over all processes.
///
/// Whoever times it well can make twice as many around the turn of a minute; in return every process and the database
/// agree on windows without asking each other.
package struct RateLimit: Sendable, Hashable {
    /// Requests a minute.
    package let count: Int

    package static let windowSeconds: Int64 = 60

    package init(_ count: Int) {
        self.count = max(1, count)
    }

    /// Permits that a process takes at a time: a tenth, so that what processes hold back stays small.
    var block: Int { max(1, count / 10) }

    /// The start of the window that contains `now`.
    static func window(at now: Instant) -> Instant {
        let length = windowSeconds * 1000
        let rest = now.milliseconds % length
        return Instant(milliseconds: now.milliseconds - (rest < 0 ? rest + length : rest))
    }

    /// Whole seconds until the window ends, at least 1.
    static func secondsLeft(at now: Instant) -> Int {
        let end = window(at: now).adding(seconds: windowSeconds)
        return max(1, Int((end.milliseconds - now.milliseconds + 999) / 1000))
    }
}

/// Whose requests are counted together.
package enum RateKey: Sendable, Hashable {
    case user(UserID)
    /// A personal token, by its id.
    case token(String)
    /// Where a request without valid credentials comes from.
    case address(String)

    /// The policy's name in the header fields.
    var policy: String {
        switch self {
        case .user: "user"
        case .token: "token"
        case .address: "address"
        }
    }

    /// As it is stored, for two minutes at most.
    var text: String {
        switch self {
        case .user(let id): "user:\(id.rawValue)"
        case .token(let id): "token:\(id)"
        case .address(let address): "address:\(address)"
        }
    }
}

/// How a key stands after a request.
package struct RateStanding: Sendable, Hashable {
    package let isAllowed: Bool
    /// Requests left in this window, as far as this process knows.
    package let remaining: Int
    /// Until the window ends.
    package let seconds: Int
}
