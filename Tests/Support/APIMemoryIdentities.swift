import Core

extension MemoryAccounts: IdentityStoring {
    package func owner(
        of identity: Identity, _ profile: IdentityProfile, now: Instant
    ) async throws -> IdentityOwner {
        state.withLock { state in
            if let known = state.identities[identity] { return known.map { .user($0, isNew: false) } ?? .gone }
            let id =
                state.create(email: profile.email, name: profile.name, now: now)
                ?? state.create(email: nil, name: profile.name, now: now)
            guard let id else { return .gone }
            state.identities[identity] = .some(id)
            return .user(id, isNew: true)
        }
    }

    package func update(
        _ identity: Identity, _ profile: IdentityProfile, saidAt: Instant, now: Instant
    ) async throws -> Change? {
        try state.withLock { state in
            guard case .some(.some(let user)) = state.identities[identity], let known = state.users[user] else {
                return nil
            }
            if let before = state.said[identity], before > saidAt { return nil }
            state.said[identity] = saidAt
            var change: Change?
            if let email = profile.email, email != known.email { change = try state.setEmail(email, of: user) }
            guard let name = profile.name, name != known.name else { return change }
            return try state.edit(user) { old in
                User(
                    id: old.id, email: old.email, name: name, isOperator: old.isOperator, planID: old.planID,
                    timeZone: old.timeZone, createdAt: old.createdAt)
            }
        }
    }

    package func end(_ identity: Identity, now: Instant) async throws -> UserID? {
        state.withLock { state in
            let owner = state.identities[identity] ?? nil
            state.identities[identity] = .some(nil)
            return owner
        }
    }

    package func identities(of user: UserID) async throws -> [Identity] {
        state.withLock { state in state.identities.filter { $0.value == user }.map(\.key) }
    }

    package func spendState(digest: [UInt8], until expiry: Instant, now: Instant) async throws -> Bool {
        state.withLock { state in
            state.states = state.states.filter { $0.value > now }
            return state.states.updateValue(expiry, forKey: digest) == nil
        }
    }
}

extension MemoryAccounts: WebhookRecording {
    package func record(_ event: WebhookEvent, now: Instant) async throws -> Bool {
        state.withLock { state in
            let key = "\(event.source) \(event.eventID)"
            guard state.events[key] == nil else { return false }
            state.events[key] = event
            state.jobs.append(ApplyWebhookJob(source: event.source, eventID: event.eventID))
            return true
        }
    }

    package func event(source: String, eventID: String) async throws -> WebhookEvent? {
        state.withLock { $0.applied.contains("\(source) \(eventID)") ? nil : $0.events["\(source) \(eventID)"] }
    }

    package func markApplied(source: String, eventID: String, now: Instant) async throws {
        state.withLock { _ = $0.applied.insert("\(source) \(eventID)") }
    }
}
