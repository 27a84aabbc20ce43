import Core
import HTTPTypes
import Hummingbird

/// The page on which users change their account. It is rendered when it is asked for, since sessions come, go and are
/// seen without a write of their user's.
struct AccountPageRoutes: Sendable {
    let accounts: any AccountStoring
    let tokens: any TokenEditing
    let owners: any IdeaboardReading
    let sessions: Sessions
    let rendering: any PageRendering
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            // The router matches with the slash at the end and without.
            Endpoint(
                whole: .get, String(Route.account.path.dropLast()), "The page of your account.", .other("text/html"),
                show)
        ]
    }

    /// Those who are not signed in are asked to do so first.
    @Sendable func show(_ call: Call) async throws -> Response {
        guard let session = try await sessions.session(call.request.headers[.cookie]),
            let owner = try await owners.pageOwner(session.userID)
        else { return .redirect(to: NextAddress.signIn(for: PageRequest(call.request)), status: .seeOther) }
        let password = try await accounts.password(of: owner.user.id)
        let overview = AccountOverview(
            hasPassword: password != nil, sessions: try await accounts.sessions(of: owner.user.id, now: now()),
            current: session.id, tokens: try await tokens.tokens(of: owner.user.id))
        return HTMLAnswer.response(try rendering.render(.overview(overview, owner)), status: .ok)
    }
}
