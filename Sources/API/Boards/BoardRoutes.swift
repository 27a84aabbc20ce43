import Core
import HTTPTypes

/// A user's ideaboards: what they say, and what became of that.
struct BoardRoutes: Sendable {
    typealias Boards = IdeaboardReading & IdeaboardWriting

    let boards: any Boards
    let quota: HeldQuota
    let now: @Sendable () -> Instant

    /// A text of 256 KiB in a form, where each byte may take three.
    static let bodyLimit = 1 << 20

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .ideaboards, .user(.ideaboardsRead), "Your ideaboards, last edited first.", list),
            Endpoint(.post, .ideaboards, .user(.ideaboardsWrite), "Makes an ideaboard.", create)
                .taking(Self.bodyLimit).answering(.created).failing(.notFound, .usageExceeded).again(createAgain),
            Endpoint(.get, .ideaboard(), .user(.ideaboardsRead), "One ideaboard with its text.", read),
            writing(.put, .ideaboard(), "Replaces an ideaboard, unless it was changed since.", replace),
            writing(.patch, .ideaboard(), "Edits an ideaboard, unless it was changed since.", edit),
            writing(.post, .ideaboardForm(.save), "Edits an ideaboard, as the editor's form does.", edit)
                .again(editAgain),
            Endpoint(.delete, .ideaboard(), .user(.ideaboardsWrite), "Removes an ideaboard.", remove),
            Endpoint(.post, .ideaboardForm(.delete), .user(.ideaboardsWrite), "Removes an ideaboard, by form.", remove),
            Endpoint(
                .get, .ideaboardVersions(), .user(.ideaboardsRead), "What it said before, newest first.", versions),
            Endpoint(.get, .ideaboardVersion(), .user(.ideaboardsRead), "One earlier version, whole.", version),
            Endpoint(
                .post, .restoreVersion(), .user(.ideaboardsWrite), "Makes an earlier version the newest one.", restore),
        ]
    }

    private func writing<In: Input>(
        _ method: HTTPRequest.Method, _ route: APIRoute, _ summary: String,
        _ handle: @escaping @Sendable (In, Caller) async throws -> Answer<Ideaboard>
    ) -> Endpoint {
        Endpoint(method, route, .user(.ideaboardsWrite), summary, handle).taking(Self.bodyLimit).failing(.conflict)
    }

    @Sendable func list(_ input: BoardListInput, _ caller: Caller) async throws -> Answer<[BoardEntry]> {
        let list = try await boards.ideaboards(of: caller.userID, input.status, input.paging)
        return Answer(ListPage(items: list.items.map(BoardEntry.init), total: list.total, paging: list.paging))
    }

    @Sendable func create(_ input: BoardCreateInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        let outcome = try await boards.createIdeaboard(
            input.draft, trends: input.trends.unique, of: caller.userID,
            within: try await quota.allowance(for: caller.userID), now: now())
        var answer = Answer(outcome, status: .created)
        answer.meta.usage = try await quota.usage(of: caller.userID, now: now())
        return answer
    }

    @Sendable func read(_ input: BoardIDInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        guard let board = try await boards.ideaboard(input.id, of: caller.userID) else { throw APIFailure.notFound }
        return Answer(board)
    }

    @Sendable func replace(_ input: BoardReplaceInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.editIdeaboard(input.id, input.edit, of: caller.userID, now: now()))
    }

    @Sendable func edit(_ input: BoardEditInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.editIdeaboard(input.id, input.edit, of: caller.userID, now: now()))
    }

    @Sendable func remove(_ input: BoardIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await boards.removeIdeaboard(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .ideaboards(page: 1))
    }

    @Sendable func versions(_ input: BoardIDInput, _ caller: Caller) async throws -> Answer<[VersionEntry]> {
        let versions = try await boards.versions(of: input.id, of: caller.userID)
        guard !versions.isEmpty else { throw APIFailure.notFound }
        return Answer(versions.map(VersionEntry.init))
    }

    @Sendable func version(_ input: BoardVersionInput, _ caller: Caller) async throws -> Answer<IdeaboardVersion> {
        guard let version = try await boards.version(input.number, of: input.id, of: caller.userID) else {
            throw APIFailure.notFound
        }
        return Answer(version)
    }

    @Sendable func restore(_ input: BoardVersionInput, _ caller: Caller) async throws -> Answer<Ideaboard> {
        Answer(try await boards.restoreVersion(input.number, of: input.id, of: caller.userID, now: now()))
    }
}

extension Answer where Value == Ideaboard {
    /// A form goes on to the board's page.
    init(_ outcome: IdeaboardOutcome, status: HTTPResponse.Status = .ok) {
        self.init(outcome.board, status: status, change: outcome.change, page: .ideaboard(outcome.board.id))
    }
}

extension [TrendID] {
    /// Each once, where it first stands.
    var unique: [TrendID] {
        var known: Set<TrendID> = []
        return filter { known.insert($0).inserted }
    }
}
