import Core
import Hummingbird

/// A user's watchlists, and what a rule would let in.
struct WatchlistRoutes: Sendable {
    let watchlists: any WatchlistKeeping
    let pages: WatchlistPages
    let quota: HeldQuota
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .watchlists, .user(.watchlistsRead), "Your watchlists, oldest first.", list),
            Endpoint(.post, .watchlists, .user(.watchlistsWrite), "Creates a watchlist; stored posts join it.", create)
                .answering(.created).failing(.usageExceeded).again(editor),
            Endpoint(
                whole: .post, APIRoute.watchlistPreview.path, for: .user(.watchlistsRead), "What a rule would let in.",
                .value(WatchlistPreview.shape.schema, example: WatchlistPreview.shape.example),
                describing: WatchlistPreviewInput.self, preview
            ).showing(),
            Endpoint(.get, .watchlist(), .user(.watchlistsRead), "One watchlist.", read),
            Endpoint(.put, .watchlist(), .user(.watchlistsWrite), "Replaces name and rule.", save),
            Endpoint(.post, .watchlistSave(), .user(.watchlistsWrite), "The same, for forms.", save).again(editor),
            Endpoint(.delete, .watchlist(), .user(.watchlistsWrite), "Deletes a watchlist.", remove),
            Endpoint(.post, .watchlistDelete(), .user(.watchlistsWrite), "The same, for forms.", remove),
        ]
    }

    @Sendable func list(_ input: NoInput, _ caller: Caller) async throws -> Answer<[Watchlist]> {
        Answer(try await watchlists.watchlists(of: caller.userID))
    }

    @Sendable func create(_ input: WatchlistInput, _ caller: Caller) async throws -> Answer<Watchlist> {
        guard let draft = input.draft else { throw APIFailure.invalid([]) }
        let (watchlist, change) = try await watchlists.addWatchlist(
            draft, for: caller.userID, within: try await quota.allowance(for: caller.userID), now: now())
        var answer = Answer(watchlist, status: .created, change: change, page: .watchlist(watchlist.id, page: 1))
        answer.meta.usage = try await quota.usage(of: caller.userID, now: now())
        return answer
    }

    /// A program gets the numbers, a form the editor again with them.
    @Sendable func preview(_ call: Call) async throws -> Response {
        let raw = try await RawInput.read(call.request, call.visit, bodyLimit: APISettings.bodyLimit)
        guard case .form(let fields) = raw.body, let caller = call.caller,
            let owner = try await pages.owner(of: caller.userID)
        else { return Reply(Answer(try await preview(raw))).response() }
        var form = WatchlistForm(owner: owner, id: fields["id"]?.first.flatMap { WatchlistID($0) }, fields: fields)
        do {
            form.preview = try await preview(raw)
        } catch let failure as APIFailure where failure.code == .validation {
            form.problems = failure.details
        }
        return try pages.page(form, status: form.problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func preview(_ raw: RawInput) async throws -> WatchlistPreview {
        let input = try InputReader.read(WatchlistPreviewInput.self, from: raw)
        return try await watchlists.preview(input.rule ?? .everything)
    }

    @Sendable func read(_ input: WatchlistIDInput, _ caller: Caller) async throws -> Answer<Watchlist> {
        guard let found = try await watchlists.watchlist(input.id, of: caller.userID) else { throw APIFailure.notFound }
        return Answer(found)
    }

    @Sendable func save(_ input: WatchlistSaveInput, _ caller: Caller) async throws -> Answer<Watchlist> {
        guard let draft = input.draft else { throw APIFailure.invalid([]) }
        let (watchlist, change) = try await watchlists.editWatchlist(
            input.id, to: draft, for: caller.userID, now: now())
        return Answer(watchlist, change: change, page: .watchlist(watchlist.id, page: 1))
    }

    @Sendable func remove(_ input: WatchlistIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await watchlists.removeWatchlist(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .settings)
    }

    /// The editor again, with what was typed.
    @Sendable private func editor(_ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        guard let caller = call.caller, let owner = try await pages.owner(of: caller.userID) else { return nil }
        let id = call.visit.parameters.get("id") ?? wrong["id"]
        var form = WatchlistForm(owner: owner, id: WatchlistID(id), fields: wrong.fields)
        form.problems = wrong.problems
        return .watchlist(form)
    }
}
