import Dispatch
import Synchronization

/// Lends connections: at most as many as the address says, opened when they are first needed.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresSession] = []
        var isClosed = false
    }

    let address: PostgresAddress
    /// Blocks threads: it is only ever waited for on threads that may block.
    private let free: DispatchSemaphore
    private let state = Mutex(State())

    /// Longer than any transaction should take; waiting on means that the pool is too small or somebody hangs.
    private static let patience = 10.0

    init(_ address: PostgresAddress) {
        self.address = address
        free = DispatchSemaphore(value: address.connections)
    }

    /// Every borrowed session must be given back.
    func borrow() throws(SQLFailure) -> PostgresSession {
        guard free.wait(timeout: .now() + Self.patience) == .success else { throw .busy }
        let (session, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if let session, session.settle() { return session }
        do throws(SQLFailure) {
            if isClosed { throw .unavailable(path: address.name, reason: "it was closed") }
            return try PostgresSession(address)
        } catch {
            free.signal()
            throw error
        }
    }

    func giveBack(_ session: PostgresSession) {
        let isUsable = session.isUsable
        state.withLock { state in
            if isUsable, !state.isClosed { state.idle.append(session) }
        }
        free.signal()
    }

    /// After one connection was found broken, the others are likely to be, too.
    func dropIdle() {
        state.withLock { $0.idle = [] }
    }

    /// Waits for the borrowers, then closes all connections.
    func close() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<address.connections { free.wait() }
        dropIdle()
        for _ in 0..<address.connections { free.signal() }
    }
}
