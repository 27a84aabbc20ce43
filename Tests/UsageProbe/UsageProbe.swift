import API
import Core
import Glibc
import Logging
import Store
import TestSupport

/// A process that asks for something limited, all at once: `UsageProbe scrapes|permits|requests <store> <key> <limit>
/// <count>`. It begins with the first line of its input, and writes a line for each answer as it comes.
@main
enum UsageProbe {
    typealias Ask = @Sendable () async throws -> Bool

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6, let limit = Int(arguments[4]), let count = Int(arguments[5]) else { exit(2) }
        let store = try StoreFixture.open(arguments[2])
        let key = arguments[3]
        switch arguments[1] {
        case "scrapes": try await run(count, try scrapes(store, user: key, limit))
        case "permits": try await run(count, permits(store, key, limit))
        case "requests": try await runRequests(count, store, key, limit)
        default: exit(2)
        }
    }

    private static func scrapes(_ store: Store, user: String, _ limit: Int) throws -> Ask {
        let ledger = QuotaLedger(store, plans: try .only([.scrapes: Int64(limit)]))
        let claim = QuotaClaim(of: .scrapes, for: UserID(rawValue: user))
        return {
            do {
                _ = try await ledger.reserve(claim, now: StoreFixture.start)
                return true
            } catch is QuotaExceeded {
                return false
            }
        }
    }

    private static func permits(_ store: Store, _ key: String, _ limit: Int) -> Ask {
        { try await store.lease([PermitDemand(key, in: StoreFixture.start, units: 1, limit: limit)])[0].units == 1 }
    }

    private static func runRequests(_ count: Int, _ store: Store, _ key: String, _ limit: Int) async throws {
        let logger = Logger(label: "probe")
        let limiter = RateLimiter(RateLimit(limit), permits: store, logger: logger) { StoreFixture.start }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await limiter.run() }
            while !limiter.isRunning { try await Task.sleep(for: .milliseconds(1)) }
            try await run(count) { await limiter.take(.address(key)).isAllowed }
            group.cancelAll()
        }
    }

    private static func run(_ count: Int, _ ask: @escaping Ask) async throws {
        say("ready")
        _ = readLine()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do {
                        say(try await ask() ? "through" : "refused")
                    } catch {
                        say("failed \(error)")
                    }
                }
            }
        }
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        write(1, bytes, bytes.count)  // At once: what is said stays said when the process is killed.
    }
}
