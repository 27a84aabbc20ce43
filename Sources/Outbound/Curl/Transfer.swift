import CCurl
import Glibc

/// A running transfer: the plan, its handle, and what has arrived. Used on the event thread alone.
final class Transfer {
    typealias Completion = CheckedContinuation<TransferAnswer, any Error>

    let handle: CurlHandle
    private let plan: any TransferPlan
    private let policy: AddressPolicy
    private let completion: Completion
    private var answer = TransferAnswer()
    private var headerBytes = 0
    private var sent = 0
    private var isTooLarge = false
    private var wasRefused = false

    private static let headerLimit = 64 * 1024

    init?(_ plan: any TransferPlan, _ settings: OutboundSettings, _ completion: Completion) {
        guard let handle = CurlHandle() else { return nil }
        (self.plan, self.handle, self.completion) = (plan, handle, completion)
        policy = settings.policy
        configure(settings)
    }

    func finish(_ code: CURLcode) {
        answer.code = handle.responseCode
        guard code != CURLE_OK else { return completion.resume(returning: answer) }
        // A name may have refused and allowed addresses: then what happened with the allowed ones is the failure.
        let isPolicy = wasRefused && code == CURLE_COULDNT_CONNECT
        let failure = TransferFailure.failed(code.rawValue, responseCode: answer.code)
        completion.resume(throwing: isPolicy ? .refusedAddress : isTooLarge ? .tooLarge : failure)
    }

    func finish(throwing error: any Error) {
        completion.resume(throwing: error)
    }

    // MARK: Setting up

    private func configure(_ settings: OutboundSettings) {
        handle.set(CURLOPT_NOSIGNAL, 1)
        // Otherwise ending a transfer whose name is being looked up blocks the event thread until the look-up ends.
        handle.set(CURLOPT_QUICK_EXIT, 1)
        handle.set(CURLOPT_TIMEOUT_MS, plan.timeout.wholeMilliseconds)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, min(plan.timeout, .seconds(10)).wholeMilliseconds)
        // Not even what the environment names: a proxy would resolve the name itself.
        handle.set(CURLOPT_PROXY, "")
        if let file = settings.certificateFile { handle.set(CURLOPT_CAINFO, file) }
        if plan.isGuarded { guardSockets() }
        let me = Unmanaged.passUnretained(self).toOpaque()
        kcurl_set_callback(handle.pointer, CURLOPT_WRITEFUNCTION, Callbacks.write)
        kcurl_set_pointer(handle.pointer, CURLOPT_WRITEDATA, me)
        kcurl_set_callback(handle.pointer, CURLOPT_HEADERFUNCTION, Callbacks.header)
        kcurl_set_pointer(handle.pointer, CURLOPT_HEADERDATA, me)
        kcurl_set_callback(handle.pointer, CURLOPT_READFUNCTION, Callbacks.read)
        kcurl_set_pointer(handle.pointer, CURLOPT_READDATA, me)
        plan.configure(handle)
    }

    /// A connection is new and never shared, so that each one passes the policy.
    private func guardSockets() {
        handle.set(CURLOPT_FRESH_CONNECT, 1)
        handle.set(CURLOPT_FORBID_REUSE, 1)
        kcurl_set_open_socket(handle.pointer, Callbacks.openSocket)
        kcurl_set_pointer(handle.pointer, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(self).toOpaque())
    }

    // MARK: While it runs

    /// Takes part of the body; false ends the transfer.
    fileprivate func take(body part: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = answer.body.count + part.count > plan.sizeLimit
        if !isTooLarge { answer.body.append(contentsOf: part) }
        return !isTooLarge
    }

    /// Takes one line of the header; false ends the transfer. A status line begins anew, as after `100 Continue`.
    fileprivate func take(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        isTooLarge = headerBytes > Self.headerLimit
        guard !isTooLarge else { return false }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            answer.headers.removeAll()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].trimmingWhitespace
            answer.headers.append((text[..<colon].lowercased(), value))
        }
        return true
    }

    fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = plan.upload[sent...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        sent += part.count
        return part.count
    }

    /// A socket for the address, if the policy allows it.
    fileprivate func openSocket(_ address: curl_sockaddr, _ socketAddress: UnsafePointer<sockaddr>) -> Int32 {
        guard let endpoint = SocketEndpoint(socketAddress, length: Int(address.addrlen)), policy.allows(endpoint) else {
            wasRefused = true
            return CURL_SOCKET_BAD
        }
        return socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    }
}

/// What libcurl calls, on the event thread, with the transfer as its last or first argument.
private enum Callbacks {
    static let write: curl_write_callback = { bytes, size, count, me in
        guard let transfer = transfer(me) else { return 0 }
        return transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    static let header: curl_write_callback = { bytes, size, count, me in
        guard let transfer = transfer(me) else { return 0 }
        return transfer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    static let read: curl_read_callback = { bytes, size, count, me in
        transfer(me)?.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
    }

    static let openSocket: curl_opensocket_callback = { me, purpose, address in
        guard let transfer = transfer(me), let address, let socketAddress = kcurl_socket_address(address) else {
            return CURL_SOCKET_BAD
        }
        return transfer.openSocket(address.pointee, socketAddress)
    }

    private static func transfer(_ me: UnsafeMutableRawPointer?) -> Transfer? {
        me.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension Substring {
    var trimmingWhitespace: String {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
