import Core
import Logging

/// Makes the pages that a write changed current before its answer leaves, and waits for that no longer than `patience`.
///
/// The write is committed by then: a publish that fails or takes longer is logged and costs nothing, since the next
/// request for such a page publishes first.
struct PublishOnWrite: CallMiddleware {
    let publishing: any Publishing
    var patience = Duration.milliseconds(250)

    func reply(to call: Call, next: (Call) async throws -> Reply) async throws -> Reply {
        let reply = try await next(call)
        if call.endpoint.isWriting, let change = reply.change { await publish(change, call.visit.logger) }
        return reply
    }

    private func publish(_ change: Change, _ logger: Logger) async {
        let (outcomes, outcome) = AsyncStream.makeStream(of: Bool.self)
        // Not a child of this call: the publish goes on when the answer no longer waits for it.
        Task {
            do {
                try await publishing.publish(change)
            } catch {
                logger.error("Publish failed", metadata: ["revision": "\(change.revision)", "reason": "\(error)"])
            }
            outcome.yield(true)
        }
        let timer = Task {
            try await Task.sleep(for: patience)
            outcome.yield(false)
        }
        defer { timer.cancel() }
        for await isDone in outcomes {
            if !isDone { logger.warning("Publish is slow", metadata: ["revision": "\(change.revision)"]) }
            return
        }
    }
}
