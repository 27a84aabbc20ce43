import Core
import HTTPTypes
import Hummingbird

/// What a search finds, as a page: rendered when it is asked for, also when the query breaks a rule.
struct LibraryPageRoutes: Sendable {
    let library: any LibraryReading
    let boards: any IdeaboardReading
    let sessions: Sessions
    let rendering: any PageRendering

    /// The addresses without the slash at their end, as the router wants them.
    var endpoints: [Endpoint] {
        [
            page("/library/search", "The page of a search of the library.", .kept),
            page("/search", "The page of a search of everything.", .everything),
        ]
    }

    /// Those who are not signed in are asked to do so first, unless the address is wrong anyway.
    private func page(_ path: String, _ summary: String, _ scope: LibraryRequest.Scope) -> Endpoint {
        Endpoint(whole: .get, path, summary, .other("text/html"), describing: SearchPageInput.self) {
            [sessions, boards, rendering] call in
            let raw = try await RawInput.read(call.request, call.visit, bodyLimit: nil)
            let input = try InputReader.read(SearchPageInput.self, from: raw)
            guard let session = try await sessions.session(call.request.headers[.cookie]),
                let owner = try await boards.pageOwner(session.userID)
            else { return .redirect(to: NextAddress.signIn(for: PageRequest(call.request)), status: .seeOther) }
            let results = try await self.results(scope, input, of: owner.user.id)
            let page = try rendering.render(.library(.results(results), owner))
            return HTMLAnswer.response(page, status: results.problem == nil ? .ok : .unprocessableContent)
        }
        .answering(.ok, .seeOther).answering(pageWith: .unprocessableContent)
    }

    private func results(
        _ scope: LibraryRequest.Scope, _ input: SearchPageInput, of user: UserID
    ) async throws -> LibraryResults {
        let collections = try await library.collections(of: user)
        do {
            let request = LibraryRequest(scope, try LibraryQuery(input.text))
            let found = try await library.library(of: user, request, input.paging)
            return LibraryResults(scope, text: input.text, found: found, collections: collections)
        } catch let problem as ValidationError {
            let nothing = ListPage<LibraryItem>(items: [], total: 0, paging: input.paging)
            return LibraryResults(
                scope, text: input.text, found: nothing, collections: collections, problem: problem)
        }
    }
}

private struct SearchPageInput: Input {
    /// Any text: what is wrong with it stands on the page.
    let text: String
    let paging: Paging

    init(_ reader: inout InputReader) {
        text = reader.query("q", .text(0...2000), "The query, as it was typed.") ?? ""
        paging = Paging(page: reader.query("page", .integer(Paging.pages), "Which page, counted from 1.") ?? 1)
    }
}
