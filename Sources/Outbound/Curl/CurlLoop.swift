import CCurl

/// Runs all transfers of one client on the thread that called `run`, until it is told to stop.
final class CurlLoop {
    private let inbox: CurlInbox
    private let settings: OutboundSettings
    private let multi: UnsafeMutableRawPointer
    private var transfers: [CurlInbox.TransferID: Transfer] = [:]
    private var ids: [UnsafeMutableRawPointer: CurlInbox.TransferID] = [:]
    private var isStopped = false

    /// `nil` when memory is short.
    init?(_ inbox: CurlInbox, _ settings: OutboundSettings) {
        guard let multi = curl_multi_init() else { return nil }
        (self.inbox, self.settings, self.multi) = (inbox, settings, multi)
        kcurl_multi_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.connectionLimit)
        inbox.wakes(multi)
    }

    deinit {
        inbox.wakes(nil)
        curl_multi_cleanup(multi)
    }

    func run() {
        while !isStopped {
            for command in inbox.take() { obey(command) }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finishDone()
            if !isStopped { sleep() }
        }
        for id in Array(transfers.keys) { end(id)?.finish(throwing: TransferFailure.stopped) }
    }

    private func obey(_ command: CurlInbox.Command) {
        switch command {
        case .start(let id, let plan, let completion):
            start(id, plan, completion)
        case .cancel(let id):
            end(id)?.finish(throwing: CancellationError())
        case .stop:
            isStopped = true
        }
    }

    private func start(_ id: CurlInbox.TransferID, _ plan: any TransferPlan, _ completion: Transfer.Completion) {
        guard !isStopped, let transfer = Transfer(plan, settings, completion) else {
            return completion.resume(throwing: TransferFailure.stopped)
        }
        (transfers[id], ids[transfer.handle.pointer]) = (transfer, id)
        curl_multi_add_handle(multi, transfer.handle.pointer)
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let id = ids[message.pointee.easy_handle] else { continue }
            let result = kcurl_result(message)
            end(id)?.finish(result)
        }
    }

    private func end(_ id: CurlInbox.TransferID) -> Transfer? {
        guard let transfer = transfers.removeValue(forKey: id) else { return nil }
        ids[transfer.handle.pointer] = nil
        curl_multi_remove_handle(multi, transfer.handle.pointer)
        return transfer
    }

    /// Until something can be read or written, a time limit is over, or a command waits.
    private func sleep() {
        curl_multi_poll(multi, nil, 0, 60_000, nil)
    }
}
