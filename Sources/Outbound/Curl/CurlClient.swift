import CCurl
import Foundation
import Synchronization

/// libcurl on one event thread, with async calls on top. The thread ends with the last reference.
package final class CurlClient: Sendable {
    private let inbox = CurlInbox()
    private let lastID = Atomic<UInt64>(0)

    package init(_ settings: OutboundSettings = OutboundSettings()) {
        _ = Self.library
        let thread = Thread { [inbox] in
            CurlLoop(inbox, settings)?.run()
        }
        thread.name = "kapture-curl"
        thread.start()
    }

    deinit {
        inbox.post(.stop)
    }

    /// Throws `TransferFailure`, or `CancellationError` as soon as the task is cancelled.
    func perform(_ plan: some TransferPlan) async throws -> TransferAnswer {
        let id = lastID.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { completion in
                inbox.post(.start(id, plan, completion))
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { inbox.post(.cancel(id)) }
            }
        } onCancel: {
            inbox.post(.cancel(id))
        }
    }

    /// Once per process, before any thread uses libcurl.
    private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}

/// What holds for every transfer of a client.
package struct OutboundSettings: Sendable {
    /// Which addresses guarded requests may connect to.
    package var policy = AddressPolicy.publicOnly
    /// Certificates to trust, PEM, instead of the system's.
    package var certificateFile: String?
    /// How the program names itself to web servers.
    package var userAgent = "Kapture"
    /// Connections at one time; further transfers wait, within their own time limit.
    package var connectionLimit = 128

    package init() {}
}
