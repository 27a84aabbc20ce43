import Core
import Testing

@Suite("Trace context")
struct TraceContextTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private let randomness = (id: (high: UInt64(1), low: UInt64(2)), span: UInt64(0xABC))

    private func continuing(_ parent: String?, _ state: String? = nil) -> TraceContext {
        TraceContext.continuing(parent: parent, state: state, randomness: randomness)
    }

    @Test(
        "A trace is continued as a new step of it",
        arguments: [
            (parent, "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-01"),
            (
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-00"
            ),
            (
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-will-come",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-01"
            ),
            (
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000abc-01"
            ),
        ])
    func continued(parent: String, header: String) {
        #expect(continuing(parent).header == header)
    }

    @Test(
        "What breaks the standard begins a new one",
        arguments: [
            nil, "", "00", "garbage", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", parent + "-x", parent + "x",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01 ",
        ])
    func broken(parent: String?) {
        #expect(continuing(parent).header == "00-00000000000000010000000000000002-0000000000000abc-00")
    }

    @Test("What other vendors said is passed on, unless it is too much or no text, or there is no trace to it")
    func state() {
        #expect(continuing(Self.parent, "vendor=1,other=2").state == "vendor=1,other=2")
        #expect(continuing(Self.parent, String(repeating: "a", count: 513)).state == nil)
        #expect(continuing(Self.parent, "a\u{1}b").state == nil)
        #expect(continuing(nil, "vendor=1").state == nil)
    }

    @Test("Numbers of a new trace are never zero")
    func zeros() {
        let trace = TraceContext(id: (0, 0), span: 0)
        #expect(trace.header == "00-00000000000000000000000000000001-0000000000000001-00")
    }

    @Test("Requests to the outside carry the trace of the task that makes them")
    func outbound() async throws {
        let fetching = TracedFetching(EchoFetching())
        let request = OutboundRequest(.get, "https://example.com", service: "test")
        let trace = continuing(Self.parent, "vendor=1")

        #expect(try await fetching.fetch(request).headers.isEmpty)
        let headers = try await trace.run {
            async let child = fetching.fetch(request).headers
            return try await child
        }
        #expect(headers.map(\.name) == ["traceparent", "tracestate"])
        #expect(headers.map(\.value) == [trace.header, "vendor=1"])
        #expect(TraceContext.current == nil)
    }
}

/// Answers with the headers of the request.
private struct EchoFetching: Fetching {
    func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        OutboundResponse(status: 200, headers: request.headers, body: [])
    }
}
