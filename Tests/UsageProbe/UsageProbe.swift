import Core
import Glibc
import Store
import TestSupport

/// A process that asks for scrapes all at once: `UsageProbe <store> <user> <limit> <requests>`. It begins with the first
/// line of its input, and writes a line for each answer as it comes.
@main
enum UsageProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let user = UserID(arguments[2]), let limit = Int64(arguments[3]),
            let requests = Int(arguments[4])
        else { exit(2) }
        let store = try StoreFixture.open(arguments[1])
        let ledger = QuotaLedger(store, plans: try .only([.scrapes: limit]))
        say("ready")
        _ = readLine()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<requests { group.addTask { await ask(ledger, for: user) } }
        }
    }

    private static func ask(_ ledger: QuotaLedger, for user: UserID) async {
        do {
            _ = try await ledger.reserve(QuotaClaim(of: .scrapes, for: user), now: StoreFixture.start)
            say("through")
        } catch is QuotaExceeded {
            say("refused")
        } catch {
            say("failed \(error)")
        }
    }

    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        write(1, bytes, bytes.count)  // At once: what is said stays said when the process is killed.
    }
}
