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

    private func page(_ path: String, _ summary: String, _ scope: LibraryRequest.Scope) -> Endpoint {
        let pages = OwnedPages(sessions: sessions, owners: boards)
        return pages.page(path, summary, SearchPageInput.self) { [rendering] input, owner, _ in
            let results = try await self.results(scope, input, of: owner.user.id)
            let page = try rendering.render(.library(.results(results), owner))
            return HTMLAnswer.response(page, status: results.problem == nil ? .ok : .unprocessableContent)
        }
        .answering(pageWith: .unprocessableContent)
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
