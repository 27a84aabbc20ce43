import Hummingbird
import HummingbirdCore
import NIOCore
import Synchronization

/// A connection that was accepted, until somebody handles it.
///
/// When the server stops, swift-nio drops connections that it accepted but has not handed over, and then traps because
/// nobody finished them (https://github.com/apple/swift-nio/issues/2813). This one finishes itself.
final class AcceptedConnection: ServerChildChannelValue {
    private let stream: HTTP1Channel.Value
    private let isTaken = Atomic(false)

    init(_ stream: HTTP1Channel.Value) {
        self.stream = stream
    }

    var channel: any Channel { stream.channel }

    /// The stream, which the caller now has to finish.
    func take() -> HTTP1Channel.Value {
        isTaken.store(true, ordering: .relaxed)
        return stream
    }

    deinit {
        guard !isTaken.load(ordering: .relaxed) else { return }
        let stream = stream
        // Closing is asynchronous and a deinitialiser is not; the task ends as soon as the socket is closed.
        Task { try? await stream.executeThenClose { _, _ in } }
    }
}
