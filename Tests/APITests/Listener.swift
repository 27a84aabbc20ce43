import Core
import NIOCore
import Testing

/// One client of `/api/events`, reading what comes as it comes.
final class Listener {
    struct Event: Sendable {
        let name: String
        let id: String?
        let data: JSON
    }

    struct Ended: Error {
        let text: String
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var raw = ByteBuffer()
    private var rest = ""
    /// The status line and fields.
    private(set) var head = ""
    /// Everything so far.
    private(set) var text = ""
    /// Those that were taken so far.
    private(set) var events: [Event] = []
    private var isComplete = false

    private init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
        self.inbound = inbound.makeAsyncIterator()
    }

    /// Asks for the stream; the connection is closed when `body` returns. `fields` end with CRLF each.
    static func listen(
        _ port: Int?, _ cookie: String, query: String = "", fields: String = "",
        _ body: (Listener) async throws -> Void
    ) async throws {
        try await PlainSocket.connect(port).executeThenClose { inbound, outbound in
            let head = "GET /api/events\(query) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n\(fields)\r\n"
            try await outbound.write(ByteBuffer(string: head))
            let listener = Listener(inbound)
            try await listener.readHead()
            try await body(listener)
        }
    }

    /// The next event; comments are skipped.
    func event() async throws -> Event {
        while true {
            try await readUntil { $0.rest.contains("\n\n") }
            let end = try #require(rest.range(of: "\n\n"))
            let block = rest[..<end.lowerBound]
            rest = String(rest[end.upperBound...])
            if block.hasPrefix(":") { continue }
            let fields = Dictionary(block.split(separator: "\n").map(Self.field)) { $1 }
            let data = try JSONParser.parse(Array((fields["data"] ?? "null").utf8))
            events.append(Event(name: fields["event"] ?? "", id: fields["id"], data: data))
            return events[events.count - 1]
        }
    }

    /// Reads until the text so far fits.
    func read(until fits: (String) -> Bool) async throws {
        try await readUntil { fits($0.text) }
    }

    /// Returns when the server has ended the stream or closed the connection.
    func closed() async throws {
        do {
            try await readUntil { _ in false }
        } catch is Ended {}
    }

    private func readHead() async throws {
        var bytes = ""
        while !bytes.contains("\r\n\r\n") {
            guard let piece = try await inbound.next() else { throw Ended(text: bytes) }
            bytes += String(buffer: piece)
        }
        let end = try #require(bytes.range(of: "\r\n\r\n"))
        head = String(bytes[..<end.lowerBound])
        raw.writeString(String(bytes[end.upperBound...]))
        takeChunks()
    }

    private func readUntil(_ fits: (Listener) -> Bool) async throws {
        while !fits(self) {
            guard !isComplete, let piece = try? await inbound.next() else { throw Ended(text: text) }
            raw.writeImmutableBuffer(piece)
            takeChunks()
        }
    }

    /// RFC 9112, 7.1.
    private func takeChunks() {
        while let end = String(buffer: raw).range(of: "\r\n") {
            let size = String(buffer: raw)[..<end.lowerBound]
            guard let count = Int(size, radix: 16), raw.readableBytes >= size.utf8.count + count + 4 else { return }
            raw.moveReaderIndex(forwardBy: size.utf8.count + 2)
            let chunk = raw.readString(length: count) ?? ""
            raw.moveReaderIndex(forwardBy: 2)
            if count == 0 { isComplete = true }
            text += chunk
            rest += chunk
        }
    }

    private static func field(_ line: Substring) -> (String, String) {
        let parts = line.split(separator: ":", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
}
