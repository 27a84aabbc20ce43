import Core
import HTTPTypes
import Hummingbird

/// Private pages that are no files: rendered when they are asked for.
struct OwnedPages: Sendable {
    let sessions: Sessions
    let owners: any IdeaboardReading

    /// `path` is without the slash at its end, as the router wants it. Those who are not signed in are asked to do so first,
    /// unless the address is wrong anyway.
    func page<In: Input>(
        _ path: String, _ summary: String, _ input: In.Type,
        _ show: @escaping @Sendable (In, PageOwner, Session) async throws -> Response
    ) -> Endpoint {
        Endpoint(whole: .get, path, summary, .other("text/html"), describing: input) { [sessions, owners] call in
            let raw = try await RawInput.read(call.request, call.visit, bodyLimit: nil)
            let input = try InputReader.read(In.self, from: raw)
            guard let session = try await sessions.session(call.request.headers[.cookie]),
                let owner = try await owners.pageOwner(session.userID)
            else { return .redirect(to: NextAddress.signIn(for: PageRequest(call.request)), status: .seeOther) }
            return try await show(input, owner, session)
        }.answering(.ok, .seeOther)
    }
}
