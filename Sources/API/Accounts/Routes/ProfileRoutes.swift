import Core
import HTTPTypes

/// What users do with their own account.
struct ProfileRoutes: Sendable {
    let accounts: any AccountStoring
    let passwords: Passwords
    let links: LinkDesk
    let sessions: Sessions
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .user, .user(.accountRead), "You.", read),
            Endpoint(.post, .profile, .user(.accountWrite), "Changes your name or time zone.", setProfile)
                .again { wrong, _ in .account(.profile(name: wrong["name"], timeZone: wrong["time_zone"]), wrong) },
            Endpoint(
                calling: .post, .password, .browser, "Changes your password and signs out all your other devices.",
                setPassword
            ).again { wrong, call in .account(.password(hasOne: try await hasPassword(call)), wrong) },
            Endpoint(calling: .post, .email, .browser, "Changes your address, by a link in a mail to it.", setEmail)
                .answering(.ok, .accepted).failing(.conflict)
                .again { wrong, call in
                    .account(.email(wrong["email"], hasPassword: try await hasPassword(call)), wrong)
                },
            Endpoint(calling: .delete, .user, .browser, "Deletes your account and everything in it.", remove)
                .answering(.accepted),
            Endpoint(calling: .post, .deleteUser, .browser, "Deletes your account, for forms.", remove)
                .answering(.accepted).again { wrong, call in
                    .account(.deletion(hasPassword: try await hasPassword(call)), wrong)
                },
        ]
    }

    @Sendable func read(_ input: NoInput, _ caller: Caller) async throws -> Answer<Account> {
        Answer(try await account(caller.userID))
    }

    @Sendable func setProfile(_ input: ProfileInput, _ caller: Caller) async throws -> Answer<Account> {
        guard let known = try await accounts.user(caller.userID) else { throw APIFailure.signInNeeded }
        let name: String?
        switch input.name {
        case .keep: name = known.name
        case .clear: name = nil
        case .set(let person): name = person?.text
        }
        let profile = Profile(name: name, timeZone: input.timeZone ?? known.timeZone)
        let change = try await accounts.setProfile(profile, of: known.id, now: now())
        return Answer(try await account(known.id), change: change, page: .settings)
    }

    /// Ends every session of the user, and begins this browser's anew.
    @Sendable func setPassword(
        _ input: PasswordChangeInput, _ caller: Caller, _ call: Call
    ) async throws -> Answer<Account> {
        try await passwords.prove(try await session(call), input.current)
        guard let password = input.password else { throw APIFailure.signInNeeded }
        let hash = try await passwords.hash(password)
        let token = SessionToken.random()
        let fresh = sessions.make(for: caller.userID, under: token, call.request.headers)
        try await accounts.setPassword(hash, of: caller.userID, starting: fresh, now: now())
        sessions.forget(of: caller.userID)
        var answer = Answer(try await account(caller.userID), page: .settings)
        answer.headers[.setCookie] = sessions.cookie.setting(token)
        return answer
    }

    /// By a link to the new address, whoever may have it; without mail at once.
    @Sendable func setEmail(_ input: EmailChangeInput, _ caller: Caller, _ call: Call) async throws -> Answer<
        MailOnItsWay
    > {
        try await passwords.prove(try await session(call), input.current)
        guard let email = input.email else { throw APIFailure.signInNeeded }
        guard links.sendsMail else { return try await setEmailAtOnce(email, caller.userID) }
        try await links.request(.changeEmail(caller.userID), to: email, from: call.visit.clientName)
        return Answer(MailOnItsWay(), status: .accepted, page: .mailSent)
    }

    private func setEmailAtOnce(_ email: EmailAddress, _ user: UserID) async throws -> Answer<MailOnItsWay> {
        guard let change = try await accounts.setEmail(email.text, of: user, now: now()) else {
            let problem = ValidationError(field: "email", rule: "belongs to another account")
            throw APIFailure.refused([problem], as: .conflict)
        }
        return Answer(MailOnItsWay(sent: false), change: change, page: .settings)
    }

    @Sendable func remove(_ input: DeletionInput, _ caller: Caller, _ call: Call) async throws -> Answer<AccountEnding>
    {
        try await passwords.prove(try await session(call), input.current, orFresh: true)
        let job = try await accounts.requestDeletion(of: caller.userID, now: now())
        sessions.forget(of: caller.userID)
        var answer = Answer(
            AccountEnding(job: job, status: .pending), status: .accepted, page: .farewell(job))
        answer.headers[.setCookie] = sessions.cookie.clearing
        answer.headers[.clearSiteData] = "\"cache\""
        return answer
    }

    private func account(_ user: UserID) async throws -> Account {
        guard let known = try await accounts.user(user) else { throw APIFailure.signInNeeded }
        return Account(user: known, hasPassword: try await passwords.hasOne(user))
    }

    private func session(_ call: Call) async throws -> Session {
        guard let session = try await sessions.session(call.request.headers[.cookie]) else {
            throw APIFailure.signInNeeded
        }
        return session
    }

    private func hasPassword(_ call: Call) async throws -> Bool {
        guard let caller = call.caller else { return true }
        return try await passwords.hasOne(caller.userID)
    }
}

extension PageAnswer {
    /// The form again, with what is wrong with it.
    static func account(_ form: AccountForm, _ wrong: WrongForm) -> PageAnswer {
        .account(form, problems: wrong.problems)
    }
}
