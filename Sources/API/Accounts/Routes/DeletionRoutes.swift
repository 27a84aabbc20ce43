import Core
import HTTPTypes
import Hummingbird

/// Tells how far the removal of an account is. Whoever asked for it has no account any more: the id of its job, which
/// nobody else was told, is what lets them look.
struct DeletionRoutes: Sendable {
    let accounts: any AccountStoring
    let rendering: any PageRendering

    var endpoints: [Endpoint] {
        [
            Endpoint(anyone: .get, .deletion(), "Tells how far the removal of an account is.", read)
                .failing(.notFound),
            Endpoint(
                whole: .get, String(Route.farewell(.placeholder).path.dropLast()),
                "The page that tells how far the removal of an account is.", .other("text/html"),
                describing: JobIDInput.self, show
            ).failing(.notFound),
        ]
    }

    @Sendable func read(_ input: JobIDInput, _ call: Call) async throws -> Answer<AccountEnding> {
        guard let status = try await accounts.deletion(input.id) else { throw APIFailure.notFound }
        return Answer(AccountEnding(job: input.id, status: status))
    }

    /// Waits a moment for the end, which for most accounts comes in one.
    @Sendable func show(_ call: Call) async throws -> Response {
        guard let job = call.visit.parameters.get("id").flatMap({ JobID($0) }),
            var status = try await accounts.deletion(job)
        else { throw APIFailure.notFound }
        for _ in 0..<30 where !status.isFinal {
            try await Task.sleep(for: .milliseconds(100))
            status = try await accounts.deletion(job) ?? .completed
        }
        return HTMLAnswer.response(try rendering.render(.farewell(job, status)), status: .ok)
    }
}
