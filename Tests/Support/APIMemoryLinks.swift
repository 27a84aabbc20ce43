import Core

extension MemoryAccounts: MailLinkStoring {
    package func requestLink(_ link: MailLink, now: Instant) async throws {
        state.withLock { state in
            state.links = state.links.filter { $0.value.expiresAt > now }
            state.links[link.id] = link
            state.jobs.append(SendLinkJob(link: link.id))
        }
    }

    package func link(_ id: MailLinkID, now: Instant) async throws -> MailLink? {
        state.withLock { state in state.links[id].flatMap { $0.expiresAt > now ? $0 : nil } }
    }

    package func user(email: String) async throws -> User? { state.withLock { $0.user(email: email) } }

    package func arm(_ id: MailLinkID, tokenDigest: [UInt8], now: Instant) async throws {
        state.withLock { state in
            guard let link = state.links[id], link.expiresAt > now else { return }
            state.linkDigests = state.linkDigests.filter { $0.value != id }
            state.linkDigests[tokenDigest] = id
        }
    }

    package func forget(_ id: MailLinkID) async throws { state.withLock { $0.links[id] = nil } }

    package func link(tokenDigest: [UInt8], now: Instant) async throws -> MailLink? {
        state.withLock { $0.link(tokenDigest, now: now) }
    }

    package func completeSignUp(tokenDigest: [UInt8], now: Instant) async throws -> LinkOutcome<UserID> {
        state.withLock { state in
            guard let link = state.link(tokenDigest, now: now), case .signUp(let name, let password) = link.purpose
            else { return .unknown }
            state.links = state.links.filter { !$0.value.isSignUp || $0.value.email != link.email }
            let user = NewUser(email: link.email, name: name, password: password, isOperator: false)
            return state.create(user, now: now).map { .done($0) } ?? .taken
        }
    }

    package func completeReset(
        tokenDigest: [UInt8], password: PasswordHash, starting session: NewSession, now: Instant
    ) async throws -> LinkOutcome<UserID> {
        let user = session.session.userID
        return try state.withLock { state in
            guard let link = state.link(tokenDigest, now: now), link.purpose == .resetPassword else { return .unknown }
            state.links[link.id] = nil
            guard state.user(email: link.email)?.id == user else { return .unknown }
            try state.setPassword(password, of: user, starting: session)
            return .done(user)
        }
    }

    package func completeEmailChange(
        tokenDigest: [UInt8], by user: UserID, now: Instant
    ) async throws -> LinkOutcome<Change> {
        try state.withLock { state in
            guard let link = state.link(tokenDigest, now: now), link.purpose == .changeEmail(user) else {
                return .unknown
            }
            state.links = state.links.filter { $0.value.purpose != .changeEmail(user) }
            let old = state.users[user]?.email
            guard let change = try state.setEmail(link.email, of: user) else { return .taken }
            state.jobs.append(SendNoticeJob(user: user, kind: .emailChanged, recipient: old))
            return .done(change)
        }
    }
}

extension MemoryAccounts.State {
    fileprivate func link(_ tokenDigest: [UInt8], now: Instant) -> MailLink? {
        linkDigests[tokenDigest].flatMap { links[$0] }.flatMap { $0.expiresAt > now ? $0 : nil }
    }
}

extension MailLink {
    fileprivate var isSignUp: Bool {
        if case .signUp = purpose { true } else { false }
    }
}
