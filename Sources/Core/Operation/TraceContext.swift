import ServiceContextModule

/// Where a piece of work stands in a trace that may span several programs: the W3C trace context, version 00
/// (https://www.w3.org/TR/trace-context/).
package struct TraceContext: Sendable, Hashable {
    package typealias ID = (high: UInt64, low: UInt64)

    private let high: UInt64
    private let low: UInt64
    /// The id of this step; the next program sees it as its parent.
    private let span: UInt64
    private let flags: UInt8
    /// What other vendors said, passed on untouched.
    package let state: String?

    /// A trace that begins here. None of the numbers may be zero; 1 stands in.
    package init(id: ID, span: UInt64) {
        (high, low) = id.high | id.low == 0 ? (0, 1) : id
        (self.span, flags, state) = (max(1, span), 0, nil)
    }

    private init(_ parent: TraceContext, span: UInt64, state: String?) {
        (high, low, flags) = (parent.high, parent.low, parent.flags)
        (self.span, self.state) = (max(1, span), state)
    }

    /// Reads a `traceparent`; `nil` when it breaks the standard, which asks to begin a trace of one's own then.
    package init?(_ header: String) {
        let bytes = Array(header.utf8)
        guard bytes.count >= 55, bytes[2] == 45, bytes[35] == 45, bytes[52] == 45 else { return nil }
        guard let version = Self.hex(bytes[0..<2]), version < 255, version > 0 || bytes.count == 55,
            bytes.count == 55 || bytes[55] == 45
        else { return nil }
        guard let high = Self.hex(bytes[3..<19]), let low = Self.hex(bytes[19..<35]), high | low != 0,
            let span = Self.hex(bytes[36..<52]), span != 0, let flags = Self.hex(bytes[53..<55])
        else { return nil }
        (self.high, self.low, self.span) = (high, low, span)
        (self.flags, state) = (UInt8(flags) & 1, nil)
    }

    /// The trace that the fields of a request continue, as a new step of it; a new trace when they do not.
    package static func continuing(
        parent: String?, state: String?, randomness: (id: ID, span: UInt64)
    ) -> TraceContext {
        guard let parent = parent.flatMap({ TraceContext($0) }) else {
            return TraceContext(id: randomness.id, span: randomness.span)
        }
        let isSane = state.map { $0.utf8.count <= 512 && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } } ?? false
        return TraceContext(parent, span: randomness.span, state: isSane ? state : nil)
    }

    /// 32 hex digits.
    package var traceID: String { Self.text(high) + Self.text(low) }

    /// The `traceparent` of requests that this step makes.
    package var header: String {
        "00-\(traceID)-\(Self.text(span))-0\(flags)"
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt64? {
        let isHex = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        return isHex ? UInt64(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }

    private static func text(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension TraceContext {
    private enum Key: ServiceContextKey {
        typealias Value = TraceContext
    }

    /// That of the running task.
    package static var current: TraceContext? { ServiceContext.current?[Key.self] }

    /// Runs `body` as a step of this trace.
    package func run<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        var context = ServiceContext.current ?? .topLevel
        context[Key.self] = self
        return try await ServiceContext.withValue(context) { try await body() }
    }
}

/// Puts the trace of the running task on every request to the outside.
package struct TracedFetching: Fetching {
    private let base: any Fetching

    package init(_ base: any Fetching) {
        self.base = base
    }

    package func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        guard let trace = TraceContext.current else { return try await base.fetch(request) }
        var traced = request
        traced.headers.append(("traceparent", trace.header))
        if let state = trace.state { traced.headers.append(("tracestate", state)) }
        return try await base.fetch(traced)
    }
}
