import HTTPTypes
import Logging
import NIOCore
import Synchronization

/// What all connections of a server share.
final class ConnectionShared: Sendable {
    let pages: PageServer
    let security: SecurityHeaders
    let idleTimeout: TimeAmount
    let farewell: Farewell
    private let date: DateHeader
    private let record: RequestRecord
    private let logger: Logger
    private let isLogging: Bool
    private let requests = Atomic<UInt64>(UInt64.random(in: 0 ..< .max))

    init(
        _ settings: APISettings, pages: PageServer, record: RequestRecord, farewell: Farewell = Farewell(),
        logger: Logger
    ) {
        (self.pages, self.record, self.farewell, self.logger) = (pages, record, farewell, logger)
        security = SecurityHeaders(isSecure: settings.publicURL.isSecure)
        idleTimeout = TimeAmount(settings.idleTimeout)
        date = DateHeader(now: settings.now)
        isLogging = logger.logLevel <= .debug
    }

    func nextRequestID() -> UInt64 {
        requests.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Status line, fields, `Date`, `X-Request-Id` and the empty line.
    func head(of answer: PreparedAnswer, _ requestID: UInt64, _ allocator: ByteBufferAllocator) -> ByteBuffer {
        var head = allocator.buffer(capacity: answer.wireHead.readableBytes + 128)
        head.writeImmutableBuffer(answer.wireHead)
        head.writeStaticString("Date: ")
        head.writeString(date.text)
        head.writeStaticString("\r\nX-Request-Id: ")
        Self.writeHex(requestID, to: &head)
        head.writeStaticString(farewell.isSaid ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n")
        return head
    }

    func note(_ request: PageRequest, _ answer: PreparedAnswer, _ requestID: UInt64, took: TimeAmount) {
        let outcome = RequestOutcome(
            method: request.isHead ? "HEAD" : "GET", route: "page", path: request.path, status: answer.status.code,
            took: .nanoseconds(took.nanoseconds))
        record.count(outcome)
        guard isLogging else { return }
        var logger = logger
        logger[metadataKey: Visit.idKey] = "\(String(requestID, radix: 16))"
        record.log(outcome, logger)
    }

    private static func writeHex(_ value: UInt64, to buffer: inout ByteBuffer) {
        let digits: StaticString = "0123456789abcdef"
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 16) { bytes in
            for index in 0..<16 {
                bytes[index] = digits.utf8Start[Int(truncatingIfNeeded: value >> UInt64(60 - index * 4)) & 15]
            }
            return 16
        }
    }
}
