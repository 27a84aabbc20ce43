import Core
import HTTPTypes

/// The browsers in which a user is signed in.
struct SessionRoutes: Sendable {
    let store: any SessionStoring
    let sessions: Sessions
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .sessions, .browser, "Where you are signed in, last seen first.", list),
            Endpoint(calling: .delete, .session(), .browser, "Signs one of them out.", end),
            Endpoint(calling: .post, .deleteSession(), .browser, "Signs one of them out, for forms.", end),
        ]
    }

    @Sendable func list(_ input: NoInput, _ caller: Caller) async throws -> Answer<[ListedSession]> {
        let all = try await store.sessions(of: caller.userID, now: now())
        return Answer(all.map { ListedSession(session: $0, isCurrent: caller.means == .session($0.id)) })
    }

    @Sendable func end(_ input: SessionIDInput, _ caller: Caller, _ call: Call) async throws -> Answer<Removed> {
        guard try await store.deleteSession(input.id, of: caller.userID) else { throw APIFailure.notFound }
        sessions.forget(of: caller.userID)
        let isOwn = caller.means == .session(input.id)
        var answer = Answer(Removed(id: input.id.rawValue), page: isOwn ? .landing : .settings)
        if isOwn {
            answer.headers[.setCookie] = sessions.cookie.clearing
            answer.headers[.clearSiteData] = "\"cache\""
        }
        return answer
    }
}

struct SessionIDInput: Input {
    let id: SessionID

    init(_ reader: inout InputReader) {
        id = reader.path("id", .id())
    }
}
