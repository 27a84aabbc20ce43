import Synchronization

/// Wakes whoever waits for jobs in this process.
package final class JobBell: Waking {
    private let listeners = Mutex<(next: Int, open: [Int: AsyncStream<Void>.Continuation])>((0, [:]))

    package init() {}

    package func ring() {
        listeners.withLock { for listener in $0.open.values { listener.yield() } }
    }

    package func wakeUps() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLock { listeners in
            listeners.next += 1
            listeners.open[listeners.next] = continuation
            return listeners.next
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.listeners.withLock { $0.open.removeValue(forKey: number) }
        }
        return stream
    }
}
