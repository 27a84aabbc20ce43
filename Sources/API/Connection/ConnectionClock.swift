import NIOCore

/// When a connection has been silent too long, or a request takes too long or too much to arrive.
///
/// A connection on which an answer is being made is never silent.
struct ConnectionClock {
    enum Verdict: Equatable {
        case close
        case wait(until: NIODeadline)
    }

    let patience: TimeAmount
    let bodyLimit: Int
    private(set) var isReading = false
    /// Requests that were handed on and not answered yet.
    private(set) var awaiting = 0
    private var bodyBytes = 0
    private var lastSign: NIODeadline

    init(patience: TimeAmount, bodyLimit: Int, now: NIODeadline) {
        (self.patience, self.bodyLimit, lastSign) = (patience, bodyLimit, now)
    }

    mutating func headArrived(isHandedOn: Bool, now: NIODeadline) {
        (isReading, bodyBytes, lastSign) = (true, 0, now)
        if isHandedOn { awaiting += 1 }
    }

    mutating func bodyArrived(_ bytes: Int) {
        bodyBytes += bytes
    }

    /// Whether the request has sent more than a connection may.
    var isOverLimit: Bool { bodyBytes > bodyLimit }

    mutating func requestEnded() {
        isReading = false
    }

    mutating func answerEnded(now: NIODeadline) {
        awaiting = max(0, awaiting - 1)  // A 400 for what is not HTTP answers no request.
        lastSign = now
    }

    /// A request that is still arriving counts from its head on, so that a trickle of bytes does not help.
    func verdict(now: NIODeadline) -> Verdict {
        if !isReading, awaiting > 0 { return .wait(until: now + patience) }
        let end = lastSign + patience
        return now >= end ? .close : .wait(until: end)
    }
}
