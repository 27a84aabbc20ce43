import Dispatch
import Synchronization

/// Asks, from blocking work, whether its task was cancelled meanwhile.
package struct CancellationLook: Sendable {
    private final class Flag: Sendable {
        let isUp = Atomic(false)
    }

    private let flag = Flag()

    package init() {}

    package func check() throws(CancellationError) {
        if flag.isUp.load(ordering: .relaxed) { throw CancellationError() }
    }

    func cancel() { flag.isUp.store(true, ordering: .relaxed) }
}

/// Runs work that blocks its thread (files, the store's own blocking operations) away from the cooperative pool. The work
/// looks now and then whether it was cancelled.
package func blocking<Value: Sendable>(
    _ body: @escaping @Sendable (CancellationLook) throws -> Value
) async throws -> Value {
    let look = CancellationLook()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result { try body(look) }) }
        }
    } onCancel: {
        look.cancel()
    }
}
