import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import API

/// How large a request may be, and how slowly it may come.
@Suite("Limits of a request")
struct LimitTests {
    private func exchange(_ client: any TestClientProtocol, _ request: String) async throws -> String {
        try await PlainSocket.exchange(client.port, [request])
    }

    @Test("One field may have 16 kB, and no more", arguments: [(15_000, "200 OK"), (17_000, "400 Bad Request")])
    func field(size: Int, status: String) async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            let field = "X: \(String(repeating: "x", count: size))\r\n"
            let text = try await exchange(
                client, "GET /help/ HTTP/1.1\r\nHost: localhost\r\n\(field)Connection: close\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 \(status)"), "\(text.prefix(80))")
        }
    }

    @Test("A request may have a hundred fields, and no more", arguments: [(90, "200 OK"), (120, "400 Bad Request")])
    func fields(count: Int, status: String) async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            let fields = String(repeating: "X: y\r\n", count: count)
            let text = try await exchange(
                client, "GET /help/ HTTP/1.1\r\nHost: localhost\r\n\(fields)Connection: close\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 \(status)"), "\(text.prefix(80))")
        }
    }

    @Test("A form may have 64 KiB to the byte, with its length told or in chunks", arguments: [0, 1], [true, false])
    func body(above: Int, isChunked: Bool) async throws {
        let harness = try await Harness()
        try await harness.test(.live) { client in
            let body = "email=" + String(repeating: "a", count: 65_536 - 6 + above)
            let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.utf8.count)"
            let sent = isChunked ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
            let head =
                "POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\(length)\r\n\r\n"
            let text = try await PlainSocket.exchange(client.port, [head, sent])
            #expect(text.hasPrefix(above == 0 ? "HTTP/1.1 401 " : "HTTP/1.1 413 "), "\(text.prefix(80))")
        }
    }

    @Test("A body that is too large is refused in words, before it has come")
    func announced() async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let answer = try await client.post("/api/auth/sign-in", json: "{}" + String(repeating: " ", count: 70_000))
            #expect(answer.status == .contentTooLarge)
            #expect(answer.json["error"]?["code"]?.text == "PAYLOAD_TOO_LARGE")
            #expect(answer.json["error"]?["message"]?.text == "The body is larger than 64 KiB.")
        }
    }

    @Test(
        "A head or a body that trickles in is cut off at the end of its time",
        arguments: [
            "GET /help/ HTTP/1.1\r\nX: ",
            "POST /api/auth/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n",
        ])
    func trickle(start: String) async throws {
        let harness = try await Harness { $0.idleTimeout = .seconds(2) }
        try await harness.test(.live) { client in
            let text = try await PlainSocket.connect(client.port).executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: start))
                return try await withThrowingTaskGroup(of: String?.self) { group in
                    group.addTask {
                        while !Task.isCancelled {
                            try? await outbound.write(ByteBuffer(string: "x"))
                            try? await Task.sleep(for: .milliseconds(100))
                        }
                        return nil
                    }
                    group.addTask { try await PlainSocket.collect(inbound) }
                    defer { group.cancelAll() }
                    return try await group.next() ?? nil
                }
            }
            #expect(
                text?.hasPrefix("HTTP/1.1 200") == false, "the connection ended without an answer to half a request")
        }
    }
}
