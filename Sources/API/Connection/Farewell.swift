import NIOCore
import ServiceLifecycle
import Synchronization

/// Lets the server leave so that whoever balances load before it loses no request. A `Service` that stops right before
/// the server does: from the signal to stop on, every answer is its connection's last; then new connections are turned
/// away; then everybody who connected in time has been heard.
///
/// A listening socket that closes resets the connections that nobody has accepted yet, and a server that stops closes
/// those that it accepted but has not read from. A balancer cannot send such a request elsewhere when it was a write.
package final class Farewell: Service {
    private let listener = Mutex<(any Channel)?>(nil)
    private let saying = Atomic(false)
    /// For connections that are kept open to end with an answer, and then for the last new ones to be heard.
    private let times: (keptOpen: Duration, new: Duration)

    package init(keptOpen: Duration = .milliseconds(150), new: Duration = .milliseconds(50)) {
        times = (keptOpen, new)
    }

    /// Whether the server is about to stop.
    var isSaid: Bool { saying.load(ordering: .relaxed) }

    func say() {
        saying.store(true, ordering: .relaxed)
    }

    func opened(_ channel: any Channel) {
        listener.withLock { $0 = channel }
    }

    package func run() async throws {
        do {
            try await gracefulShutdown()
            guard let listener = listener.withLock({ $0 }) else { return }
            say()
            try await Task.sleep(for: times.keptOpen)
            await NewConnections.turnAway(from: listener)
            try await Task.sleep(for: times.new)
        } catch is CancellationError {
            // Whoever cancels is in a hurry.
        }
    }
}
