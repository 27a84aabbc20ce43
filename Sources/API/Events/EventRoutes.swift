import Core
import HTTPTypes
import Hummingbird
import ServiceLifecycle

/// Tells open pages what changed, as server-sent events.
struct EventRoutes: Sendable {
    let hub: EventHub
    let sessions: Sessions

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .get, APIRoute.events.path, for: .browser,
                "Tells what changes for you, until you sign out or go.", .events(Self.about, example: Self.example),
                describing: EventInput.self, open
            ).failing(.unavailable)
        ]
    }

    @Sendable func open(_ call: Call) async throws -> Response {
        guard let caller = call.caller else { throw APIFailure.signInNeeded }
        let input = try InputReader.read(
            EventInput.self, from: try await RawInput.read(call.request, call.visit, bodyLimit: nil))
        let channel = call.visit.channel
        let seat = try hub.join(caller.userID) { channel.close(promise: nil) }
        guard let first = try await hub.standing(of: caller.userID) else { throw APIFailure.signInNeeded }
        seat.box.begin(with: first)
        let stream = EventStream(
            seat: seat, first: first, last: Self.last(call.request) ?? input.last, settings: hub.settings,
            isSignedIn: signedIn(call.request.headers[.cookie], caller.userID))
        return Response(status: .ok, headers: Self.headers, body: Self.body(stream, call.request))
    }

    private func signedIn(_ cookie: String?, _ user: UserID) -> @Sendable (Bool) async throws -> Bool {
        { [sessions] isDoubted in
            if isDoubted { sessions.forget(of: user) }
            return try await sessions.session(cookie)?.userID == user
        }
    }

    /// Ends with the client, with the server's graceful shutdown, and with the stream itself.
    private static func body(_ stream: EventStream, _ request: Request) -> ResponseBody {
        ResponseBody { writer in
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await withGracefulShutdownHandler {
                    try await stream.run(&writer)
                } onGracefulShutdown: {
                    stream.seat.box.end()
                }
            }
            try await writer.finish(nil)
        }
    }

    /// What a browser sends by itself when it comes back.
    private static func last(_ request: Request) -> Int64? {
        request.headers[.lastEventID].flatMap { Int64($0) }
    }

    private static let headers: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-store", .xAccelBuffering: "no",
    ]

    private static let about = """
        `hello` comes first and tells the revision of your pages. `change` tells a new one, the sections that changed and \
        what the addresses of their pages begin with; its id is the revision. `jobs` tells what runs for you and how far \
        it is. `end` comes when you are signed out. Comments come while nothing happens. Send the id that you had last as \
        `Last-Event-ID` or `last_event_id`, and what you missed comes at once.
        """

    private static let example = """
        id: 42
        event: change
        data: {"revision":42,"sections":["dashboard"],"addresses":["/dashboard/"]}


        """
}

struct EventInput: Input {
    let last: Int64?

    init(_ reader: inout InputReader) {
        last = reader.query("last_event_id", .integer(0...Int64.max), "The id of the last event that you had.")
    }
}
