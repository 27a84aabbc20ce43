import Core
import Hummingbird

/// What the script fills the frame with: everything in it that changes by itself.
struct StatusRoutes: Sendable {
    let status: any StatusReading
    let sessions: Sessions

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .get, Route.status.path, "What the frame of the pages shows and changes by itself.",
                .bare(UserStatus.shape.schema, example: UserStatus.shape.example), read
            ).failing(.unauthorized)
        ]
    }

    /// `{"observed_at":"2024-05-01T12:00:00Z","new_trends":3}`, the time `null` before the first observation. A file
    /// among the pages, not a route of the API: no envelope, and for the browser alone.
    @Sendable func read(_ call: Call) async throws -> Response {
        guard let session = try await sessions.session(call.request.headers[.cookie]) else {
            throw APIFailure.signInNeeded
        }
        var writer = JSONWriter()
        UserStatus.shape.write(try await status.status(of: session.userID), &writer)
        return JSONAnswer.response(bytes: writer.bytes)
    }
}

extension UserStatus: Described {
    static let shape = Shape<UserStatus>.object(
        "Status",
        [
            Property("new_trends", .integer(like: 3)) { Int64($0.newTrends) },
            Property("observed_at", .instant, "The newest observation of a trend.") { $0.observedAt },
        ])
}
