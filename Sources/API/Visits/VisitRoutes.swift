import Core

/// The end of a visit: what was new then has been seen.
struct VisitRoutes: Sendable {
    let trends: any TrendBulkEditing
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [Endpoint(.post, .visits, .user(.trendsWrite), "Marks new trends as seen.", end)]
    }

    @Sendable func end(_ input: VisitInput, _ caller: Caller) async throws -> Answer<SeenTrends> {
        let until = input.until ?? now()
        let (count, change) = try await trends.markSeen(until: until, of: caller.userID)
        return Answer(SeenTrends(count: Int64(count)), change: change, page: .dashboard)
    }
}

struct VisitInput: Input {
    let until: Instant?

    init(_ reader: inout InputReader) {
        let milliseconds = reader.optional(
            "until", .integer(0...253_402_300_799_999),
            "Only those added until then, in milliseconds since 1970: what came after the page was made stays new.")
        until = milliseconds.map(Instant.init(milliseconds:))
    }
}

struct SeenTrends: Sendable {
    let count: Int64
}

extension SeenTrends: Described {
    static let shape = Shape<SeenTrends>.object("SeenTrends", [Property("seen", .integer(like: 12)) { $0.count }])
}
