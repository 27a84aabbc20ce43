import Core
import Synchronization

/// Accounts, sessions, links, identities and the webhook ledger in memory, with the promises of their ports.
package final class MemoryAccounts: Sendable {
    struct State {
        var users: [UserID: User] = [:]
        var passwords: [UserID: PasswordHash] = [:]
        var sessions: [[UInt8]: Session] = [:]
        var links: [MailLinkID: MailLink] = [:]
        var linkDigests: [[UInt8]: MailLinkID] = [:]
        /// `nil` within once the issuer ended it.
        var identities: [Identity: UserID?] = [:]
        var said: [Identity: Instant] = [:]
        var states: [[UInt8]: Instant] = [:]
        var events: [String: WebhookEvent] = [:]
        var applied: Set<String> = []
        var ending: Set<UserID> = []
        var jobs: [any JobRequest] = []
        var revision: Int64 = 1
        var made = 0
        var deletions: [JobID: JobStatus] = [:]
    }
    let state = Mutex(State())

    package init() {}

    package var sessionDigests: [[UInt8]] { state.withLock { Array($0.sessions.keys) } }

    /// What was asked of the job queue, in order.
    package var jobs: [any JobRequest] { state.withLock { $0.jobs } }
    package var links: [MailLink] { state.withLock { Array($0.links.values) } }
    package var applied: Set<String> { state.withLock { $0.applied } }

    /// Knows a user whose rows are elsewhere.
    package func adopt(_ user: User) { state.withLock { $0.users[user.id] = user } }
}

extension MemoryAccounts: AccountStoring {
    package func createUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        state.withLock { $0.create(user, now: now) }
    }

    package func createFirstUser(_ user: NewUser, now: Instant) async throws -> UserID? {
        state.withLock { $0.users.isEmpty ? $0.create(user, now: now) : nil }
    }

    package func hasUsers() async throws -> Bool { state.withLock { !$0.users.isEmpty } }

    package func credentials(email: String) async throws -> (user: UserID, password: PasswordHash)? {
        state.withLock { state in
            guard let user = state.user(email: email) else { return nil }
            return state.passwords[user.id].map { (user.id, $0) }
        }
    }

    package func password(of user: UserID) async throws -> PasswordHash? { state.withLock { $0.passwords[user] } }

    package func user(_ id: UserID) async throws -> User? { state.withLock { $0.users[id] } }

    package func setProfile(_ profile: Profile, of user: UserID, now: Instant) async throws -> Change {
        try state.withLock { state in
            try state.edit(user) { old in
                User(
                    id: old.id, email: old.email, name: profile.name, isOperator: old.isOperator, planID: old.planID,
                    timeZone: profile.timeZone, createdAt: old.createdAt)
            }
        }
    }

    package func setEmail(_ email: String, of user: UserID, now: Instant) async throws -> Change? {
        try state.withLock { try $0.setEmail(email, of: user) }
    }

    package func setPassword(
        _ password: PasswordHash, of user: UserID, starting session: NewSession?, now: Instant
    ) async throws {
        try state.withLock { try $0.setPassword(password, of: user, starting: session) }
    }

    package func requestDeletion(of user: UserID, now: Instant) async throws -> JobID {
        state.withLock { state in
            state.passwords[user] = nil
            state.ending.insert(user)
            state.sessions = state.sessions.filter { $0.value.userID != user }
            state.identities = state.identities.filter { $0.value != user }
            state.links = state.links.filter { $0.value.purpose != .changeEmail(user) }
            state.jobs.append(DeleteAccountJob(user: user))
            state.made += 1
            let job = JobID(at: now, randomness: (UInt64(state.made), 0))
            state.deletions[job] = .pending
            return job
        }
    }

    package func deletion(_ job: JobID) async throws -> JobStatus? { state.withLock { $0.deletions[job] } }

    /// As if a worker had done every deletion.
    package func finishDeletions() {
        state.withLock { state in state.deletions = state.deletions.mapValues { _ in .completed } }
    }
}

extension MemoryAccounts: SessionStoring {
    package func createSession(_ session: Session, tokenDigest: [UInt8]) async throws {
        state.withLock { $0.sessions[tokenDigest] = session }
    }

    package func session(tokenDigest: [UInt8], now: Instant) async throws -> Session? {
        state.withLock { state in
            guard let session = state.sessions[tokenDigest], session.expiresAt > now else { return nil }
            return state.users[session.userID] == nil ? nil : session
        }
    }

    package func deleteSession(tokenDigest: [UInt8]) async throws {
        state.withLock { $0.sessions[tokenDigest] = nil }
    }

    package func sessions(of user: UserID, now: Instant) async throws -> [Session] {
        let all = state.withLock { Array($0.sessions.values) }
        return all.filter { $0.userID == user && $0.expiresAt > now }.sorted {
            ($0.seenAt, $0.id) > ($1.seenAt, $1.id)
        }
    }

    package func deleteSession(_ id: SessionID, of user: UserID) async throws -> Bool {
        state.withLock { state in
            let count = state.sessions.count
            state.sessions = state.sessions.filter { $0.value.id != id || $0.value.userID != user }
            return state.sessions.count < count
        }
    }

    package func touchSession(_ id: SessionID, now: Instant) async throws {
        state.withLock { state in
            for (digest, session) in state.sessions where session.id == id {
                state.sessions[digest] = Session(
                    id: id, userID: session.userID, createdAt: session.createdAt, expiresAt: session.expiresAt,
                    seenAt: now, userAgent: session.userAgent)
            }
        }
    }
}

extension MemoryAccounts.State {
    func user(email: String) -> User? { users.values.first { $0.email == email && !ending.contains($0.id) } }

    mutating func create(_ user: NewUser, now: Instant) -> UserID? {
        let made = create(email: user.email, name: user.name, isOperator: user.isOperator, now: now)
        if let made { passwords[made] = user.password }
        return made
    }

    /// `nil` when the address is taken.
    mutating func create(email: String?, name: String?, isOperator: Bool = false, now: Instant) -> UserID? {
        guard email == nil || !users.values.contains(where: { $0.email == email }) else { return nil }
        made += 1
        let id = UserID(at: now, randomness: (UInt64(made), UInt64(made)))
        users[id] = User(id: id, email: email, name: name, isOperator: isOperator, planID: "free", createdAt: now)
        return id
    }

    mutating func edit(_ user: UserID, _ make: (User) -> User) throws -> Change {
        guard let old = users[user] else { throw StoreFailure.missing("user \(user)") }
        users[user] = make(old)
        revision += 1
        return Change(site: .user(user), revision: revision)
    }

    mutating func setEmail(_ email: String, of user: UserID) throws -> Change? {
        guard !users.values.contains(where: { $0.email == email && $0.id != user }) else { return nil }
        return try edit(user) { old in
            User(
                id: old.id, email: email, name: old.name, isOperator: old.isOperator, planID: old.planID,
                timeZone: old.timeZone, createdAt: old.createdAt)
        }
    }

    mutating func setPassword(_ password: PasswordHash, of user: UserID, starting session: NewSession?) throws {
        guard let known = users[user], !ending.contains(user) else { throw StoreFailure.missing("user \(user)") }
        passwords[user] = password
        sessions = sessions.filter { $0.value.userID != user }
        links = links.filter { $0.value.purpose != .resetPassword || $0.value.email != known.email }
        jobs.append(SendNoticeJob(user: user, kind: .passwordChanged))
        if let session { sessions[session.tokenDigest] = session.session }
    }
}
