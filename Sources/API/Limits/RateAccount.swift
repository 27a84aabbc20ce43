import Core

/// What one process knows of one key in one window.
struct RateAccount {
    enum Step: Equatable {
        case allowed, refused
        /// Nobody knows yet: an answer to what was asked decides.
        case undecided
    }

    let window: Instant
    /// Permits that this process was given.
    private(set) var granted = 0
    /// Requests that it let through.
    private(set) var used = 0
    /// Permits that nobody held at the last answer.
    private(set) var left: Int
    /// Whether a demand is on its way.
    private(set) var isAsking = false
    private var hasAnswer = false
    var waiters: [CheckedContinuation<Void, Never>] = []

    init(window: Instant, limit: Int) {
        (self.window, left) = (window, limit)
    }

    var remaining: Int { max(0, left + granted - used) }

    /// Lets one request through if a permit is there. The very first of a window goes on credit, so that whoever asks
    /// now and then never waits for the database.
    mutating func take() -> Step {
        guard used < granted || (used == 0 && !hasAnswer) else {
            return hasAnswer && left == 0 ? .refused : .undecided
        }
        used += 1
        return .allowed
    }

    /// Whether more permits should be asked for now; from then on it is being asked.
    mutating func shouldAsk() -> Bool {
        guard !isAsking, used >= granted, left > 0 || !hasAnswer else { return false }
        isAsking = true
        return true
    }

    mutating func answered(_ grant: PermitGrant) {
        (isAsking, hasAnswer, left) = (false, true, grant.left)
        granted += grant.units
    }

    /// The database did not answer: the process goes on by itself, block by block.
    mutating func answeredNothing(block: Int) {
        (isAsking, hasAnswer) = (false, true)
        granted += min(block, left)
        left = max(0, left - block)
    }
}
