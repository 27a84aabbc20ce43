/// What one transfer is to do, made on any thread and carried to the event thread.
protocol TransferPlan: Sendable {
    /// Whether only addresses that the policy allows are connected.
    var isGuarded: Bool { get }
    var timeout: Duration { get }
    /// Bytes of the body, decompressed, above which the transfer ends.
    var sizeLimit: Int { get }
    /// What libcurl reads while it sends; empty where the plan hands over its body itself.
    var upload: [UInt8] { get }

    /// Sets everything that is not the same for all transfers.
    func configure(_ handle: CurlHandle)
}

/// What came back.
struct TransferAnswer: Sendable {
    var code = 0
    /// Lower-case names, in the order received.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}

/// Why nothing usable came back.
enum TransferFailure: Error, Sendable, Equatable {
    /// Every address of the host is one that the policy refuses.
    case refusedAddress
    /// The body, or the header, was larger than it may be.
    case tooLarge
    /// libcurl's own code, and the last code of the other side, 0 when it said nothing.
    case failed(UInt32, responseCode: Int)
    case stopped
}
