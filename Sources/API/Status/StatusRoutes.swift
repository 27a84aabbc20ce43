import Core
import Hummingbird

/// What the script fills the frame with: everything in it that changes by itself.
struct StatusRoutes: Sendable {
    let status: any StatusReading
    let sessions: Sessions

    var endpoints: [Endpoint] { [Endpoint(.get, Route.status.path, read)] }

    private struct Answer: Encodable {
        let observedAt: String?
        let newTrends: Int

        enum CodingKeys: String, CodingKey {
            case observedAt = "observed_at"
            case newTrends = "new_trends"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(observedAt, forKey: .observedAt)
            try container.encode(newTrends, forKey: .newTrends)
        }
    }

    /// `{"observed_at":"2024-05-01T12:00:00Z","new_trends":3}`, the time `null` before the first observation. A file
    /// among the pages, not a route of the API: no envelope.
    @Sendable func read(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let session = try await sessions.session(request.headers[.cookie]) else { throw APIFailure.signInNeeded }
        let status = try await status.status(of: session.userID)
        let observedAt = status.observedAt.map(HTTPDate.iso8601)
        return try JSONAnswer.response(Answer(observedAt: observedAt, newTrends: status.newTrends))
    }
}
