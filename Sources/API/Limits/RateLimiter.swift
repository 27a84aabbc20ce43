import Core
import Logging
import ServiceLifecycle
import Synchronization

/// Counts requests of each key against one limit, over all processes: each takes permits in blocks of a tenth of the
/// limit and gives them out from memory, so that most requests cost no query and hardly any waits for one.
///
/// With two processes between nine tenths of the limit and the limit go through: what a process holds and does not use
/// is lost to the others until the window ends, and each may let one request through on credit.
package final class RateLimiter: Service {
    private struct State {
        var accounts: [String: RateAccount] = [:]
        /// Keys whose account asks for permits.
        var demands: [String] = []
        /// Wakes the loop; `nil` while nothing runs, when each process counts for itself.
        var bell: AsyncStream<Void>.Continuation?
    }

    private let limit: RateLimit
    private let permits: any PermitLeasing
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let capacity: Int
    private let state = Mutex(State())

    /// At most about `capacity` keys are remembered at a time.
    package init(
        _ limit: RateLimit, permits: any PermitLeasing, logger: Logger, capacity: Int = 50_000,
        now: @escaping @Sendable () -> Instant
    ) {
        (self.limit, self.permits, self.now) = (limit, permits, now)
        (self.logger, self.capacity) = (logger, capacity)
    }

    package func take(_ key: RateKey) async -> RateStanding {
        while true {
            if let standing = state.withLock({ step(key.text, &$0) }) { return standing }
            await answer(to: key.text)
        }
    }

    // MARK: Requests

    /// `nil` when the database has to be heard first.
    private func step(_ key: String, _ state: inout State) -> RateStanding? {
        let now = now()
        var account = account(of: key, at: now, &state)
        let step = account.take()
        if account.shouldAsk() {
            state.demands.append(key)
            state.bell?.yield()
        }
        let remaining = account.remaining
        state.accounts[key] = account
        guard step != .undecided else { return nil }
        return RateStanding(
            isAllowed: step == .allowed, remaining: remaining, seconds: RateLimit.secondsLeft(at: now))
    }

    /// The account of the current window. Those who waited for one before look again.
    private func account(of key: String, at now: Instant, _ state: inout State) -> RateAccount {
        let window = RateLimit.window(at: now)
        if let known = state.accounts[key] {
            if known.window == window { return known }
            for waiter in known.waiters { waiter.resume() }
        } else if state.accounts.count >= capacity {
            forget(before: window, &state)
        }
        var account = RateAccount(window: window, limit: limit.count)
        if state.bell == nil { account.answered(PermitGrant(units: limit.count, left: 0)) }
        return account
    }

    /// What is forgotten is asked of the database again.
    private func forget(before window: Instant, _ state: inout State) {
        state.accounts = state.accounts.filter { $0.value.window >= window || !$0.value.waiters.isEmpty }
        guard state.accounts.count >= capacity else { return }
        state.accounts = state.accounts.filter { !$0.value.waiters.isEmpty || $0.value.isAsking }
    }

    private func answer(to key: String) async {
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard state.bell != nil, state.accounts[key]?.isAsking == true else { return false }
                state.accounts[key]?.waiters.append(continuation)
                return true
            }
            if !isWaiting { continuation.resume() }
        }
    }

    // MARK: The loop that asks

    /// Whether its loop runs, so that processes count together.
    package var isRunning: Bool { state.withLock { $0.bell != nil } }

    package func run() async throws {
        let (bells, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        // What was counted alone before holds whole limits: from now on all processes count together.
        state.withLock { $0 = State(bell: bell) }
        defer { close() }
        var window = RateLimit.window(at: now())
        for await _ in bells.cancelOnGracefulShutdown() {
            await lease()
            let current = RateLimit.window(at: now())
            if current != window { await forgetWindows(before: window) }
            window = current
        }
    }

    /// All demands that have come together, in one transaction each time.
    private func lease() async {
        while true {
            let demands = state.withLock { state in
                defer { state.demands = [] }
                return state.demands.compactMap { demand(of: $0, state) }
            }
            guard !demands.isEmpty else { return }
            do {
                distribute(demands, try await permits.lease(demands))
            } catch {
                logger.error("Rate limits are counted by this process alone", metadata: ["error": "\(error)"])
                distribute(demands, nil)
            }
        }
    }

    private func demand(of key: String, _ state: State) -> PermitDemand? {
        guard let account = state.accounts[key], account.isAsking else { return nil }
        return PermitDemand(key, in: account.window, units: limit.block, limit: limit.count)
    }

    private func distribute(_ demands: [PermitDemand], _ grants: [PermitGrant]?) {
        state.withLock { state in
            for (index, demand) in demands.enumerated() {
                guard var account = state.accounts[demand.key], account.window == demand.window else { continue }
                if let grants {
                    account.answered(grants[index])
                } else {
                    account.answeredNothing(block: limit.block)
                }
                for waiter in account.waiters { waiter.resume() }
                account.waiters = []
                state.accounts[demand.key] = account
            }
        }
    }

    private func forgetWindows(before window: Instant) async {
        do {
            try await permits.forgetPermits(before: window)
        } catch {
            logger.warning("Old rate limits not removed", metadata: ["error": "\(error)"])
        }
    }

    /// From now on nobody waits.
    private func close() {
        state.withLock { state in
            for account in state.accounts.values {
                for waiter in account.waiters { waiter.resume() }
            }
            state = State()
        }
    }
}
