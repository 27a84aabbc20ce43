import Core
import SQL

/// Scores much in short transactions: computed from one snapshot, beside the writes of others, and written piece by piece
/// while nothing that the scores follow from has changed; else computed again.
///
/// A value that is taken from step to step, so that the steps may be awaited or not.
struct ScoringRun: Sendable {
    /// So many are written in one transaction, and so few where they are computed in it.
    private static let piece = 200
    private static let carefulPiece = 50
    /// Whoever is overtaken so often computes while nobody else can write.
    private static let attempts = 5

    let user: UserID
    /// Posts whose trends are written whether their score differs or not.
    let changed: Set<PostID>
    /// Whose scores are looked at.
    let reach: @Sendable (Connection) throws -> ScoreReach
    private(set) var change: Change?
    private(set) var isDone = false
    private var plan: (state: ScoreState, scores: ArraySlice<NewScore>)?
    private var plans = 0

    init(
        of user: UserID, changed: Set<PostID> = [], reach: @escaping @Sendable (Connection) throws -> ScoreReach
    ) {
        (self.user, self.changed, self.reach) = (user, changed, reach)
    }

    var needsPlan: Bool { plan == nil && !isDone }

    /// Looks, in a read.
    func planned(on connection: Connection) throws -> ScoringRun {
        var run = self
        guard let state = try connection.scoreState(of: user) else {
            run.isDone = true
            return run
        }
        let scores = try connection.newScores(of: try reach(connection), changed: changed, user: user)
        run.plan = (state, scores[...])
        run.plans += 1
        run.isDone = scores.isEmpty
        return run
    }

    /// Writes one piece, in a write.
    func stepped(on connection: Connection) throws -> ScoringRun {
        var run = self
        guard let plan else { return run }
        let isCareful = plans > Self.attempts
        guard let state = try connection.scoreState(of: user), isCareful || state == plan.state else {
            run.plan = nil
            return run
        }
        let piece = plan.scores.prefix(isCareful ? Self.carefulPiece : Self.piece)
        let posts = ScoreReach(posts: Set(piece.map(\.post)))
        let scores = isCareful ? try connection.newScores(of: posts, changed: changed, user: user) : Array(piece)
        let rest = plan.scores.dropFirst(piece.count)
        if let change = try connection.write(scores, of: user) {
            run.change = change
            run.plan = (ScoreState(revision: change.revision, fanOuts: state.fanOuts), rest)
        } else {
            run.plan = (state, rest)
        }
        run.isDone = rest.isEmpty
        return run
    }
}

/// What changes whenever something changes that a user's scores follow from, once that has reached the user.
struct ScoreState: Equatable {
    let revision: Int64
    let fanOuts: Int64
}

extension Connection {
    /// `nil` when the user is gone.
    fileprivate func scoreState(of user: UserID) throws -> ScoreState? {
        try first("SELECT revision, fan_outs FROM sites WHERE user_id = \(user)") {
            ScoreState(revision: $0.integer(0), fanOuts: $0.integer(1))
        }
    }

    /// Notes that new numbers reached the user, though they changed nothing: whoever is computing did not see them.
    func noteFanOut(of user: UserID) throws {
        try execute("UPDATE sites SET fan_outs = fan_outs + 1 WHERE user_id = \(user)")
    }
}
