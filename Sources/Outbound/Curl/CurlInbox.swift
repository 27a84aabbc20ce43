import CCurl
import Synchronization

/// What the event thread is asked to do, in order.
final class CurlInbox: Sendable {
    typealias TransferID = UInt64

    enum Command: Sendable {
        case start(TransferID, any TransferPlan, Transfer.Completion)
        case cancel(TransferID)
        case stop
    }

    private struct State {
        var commands: [Command] = []
        /// The address of the handle that the event thread sleeps on, while there is one. A number, since nobody but
        /// that thread may do more with it than wake the thread up.
        var sleeper: UInt?
    }

    private let state = Mutex(State())

    /// Wakes whoever sleeps on `multi` from now on; `nil` before the handle is freed.
    func wakes(_ multi: UnsafeMutableRawPointer?) {
        state.withLock { $0.sleeper = multi.map { UInt(bitPattern: $0) } }
    }

    func post(_ command: Command) {
        state.withLock { state in
            state.commands.append(command)
            // The one function of a multi handle that other threads may call.
            if let sleeper = state.sleeper { curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: sleeper)) }
        }
    }

    func take() -> [Command] {
        state.withLock { state in
            defer { state.commands.removeAll() }
            return state.commands
        }
    }
}
