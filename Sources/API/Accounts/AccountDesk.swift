import Core
import HTTPTypes

/// The rules of signing up and in.
///
/// Signing in fails alike, in words and in time, whether the address is unknown or the password wrong. Signing up with
/// mail answers alike and does the same whether or not the address has an account. Signing up without mail cannot hide
/// that an address is taken, since a free one signs in at once; it says so only to those who do not know its password,
/// in a sentence that also stands for nothing else, and only as often as the throttle lets anybody try. Whoever knows
/// the password is signed in, so that sending the form twice is harmless.
struct AccountDesk: Sendable {
    /// Who is signing in, from where.
    struct Caller: Sendable {
        let peer: String
        /// Straight from this machine, with no proxy in between.
        let isLocal: Bool
    }

    let accounts: any AccountStoring
    let passwords: Passwords
    let links: LinkDesk
    let throttle: Throttle
    let settings: APISettings

    /// What became of signing up.
    enum SignUp: Sendable {
        case done(User)
        /// A mail is on its way, or not: whoever has no account here already gets a link that makes it.
        case mailed
    }

    func signIn(_ form: Submission, from caller: Caller) async throws -> User {
        let email = try? EmailAddress(form["email"])
        try await throttle.take("\(caller.peer) \(email?.text ?? "")")
        guard let email, let password = try? Password(form["password"]) else { throw Self.refusal }
        let known = try await accounts.credentials(email: email.text)
        guard try await passwords.isRight(password, known?.password), let known,
            let user = try await accounts.user(known.user)
        else { throw Self.refusal }
        return user
    }

    func signUp(_ form: Submission, from caller: Caller) async throws -> SignUp {
        let mayBeFirst = try await mayBeFirst(form, caller)
        if !mayBeFirst, try await isClosed() { throw try await closed(form) }
        let (email, password, name) = try Self.validated(form)
        try await throttle.take("\(caller.peer) \(email.text)")
        let hash = try await passwords.hash(password)
        let user = NewUser(email: email.text, name: name.text, password: hash, isOperator: mayBeFirst)
        let now = settings.now()
        if mayBeFirst, let id = try await accounts.createFirstUser(user, now: now) { return try await made(id) }
        if try await isClosed() { throw try await closed(form) }
        if settings.sendsMail {
            try await links.request(.signUp(name: name.text, password: hash), to: email, from: caller.peer)
            return .mailed
        }
        let ordinary = NewUser(email: email.text, name: name.text, password: hash, isOperator: false)
        if let id = try await accounts.createUser(ordinary, now: now) { return try await made(id) }
        return .done(try await existing(email, password))
    }

    private func made(_ id: UserID) async throws -> SignUp {
        guard let user = try await accounts.user(id) else { throw StoreFailure.missing("user \(id)") }
        return .done(user)
    }

    // MARK: Who may

    /// Whether the caller needs the set-up code for the very first account; `nil` when this is not about the first, or
    /// sign-up is open to anybody anyway.
    func firstAccountNeedsCode(_ caller: Caller) async throws -> Bool? {
        guard try await isClosed(), try await !accounts.hasUsers() else { return nil }
        return !isAtHome(caller)
    }

    /// Whether accounts are made for nobody but the first. An installation that sends mails is somebody's, so that its
    /// first account is that of the operator.
    private func isClosed() async throws -> Bool {
        if settings.signUp == .closed { return true }
        return settings.sendsMail ? try await !accounts.hasUsers() : false
    }

    /// Whether it is somebody on this machine, and this machine all there is.
    private func isAtHome(_ caller: Caller) -> Bool {
        caller.isLocal && settings.publicURL.isLoopback
    }

    private func mayBeFirst(_ form: Submission, _ caller: Caller) async throws -> Bool {
        guard isAtHome(caller) || SetupCode.matches(form["code"], settings.setupCode) else { return false }
        return try await !accounts.hasUsers()
    }

    private func closed(_ form: Submission) async throws -> any Error {
        guard settings.setupCode != nil, try await !accounts.hasUsers() else {
            return APIFailure(code: .forbidden, message: "Sign-up is closed here. Ask the operator for an account.")
        }
        return FormProblems(
            [ValidationError(field: "code", rule: "must be the one that `kapture serve` printed")], as: .forbidden)
    }

    private func existing(_ email: EmailAddress, _ password: Password) async throws -> User {
        if let known = try await accounts.credentials(email: email.text),
            try await passwords.isRight(password, known.password),
            let user = try await accounts.user(known.user)
        {
            return user
        }
        let rule = "cannot be used to sign up; if it is yours, sign in"
        throw FormProblems([ValidationError(field: "email", rule: rule)], as: .conflict)
    }

    // MARK: Fields

    private static let refusal = FormProblems(
        [ValidationError(field: "email", rule: "or password is not right")], as: .unauthorized)

    private static func validated(_ form: Submission) throws(FormProblems) -> (EmailAddress, Password, PersonName) {
        var problems: [ValidationError] = []
        func checked<Value>(_ make: () throws(ValidationError) -> Value) -> Value? {
            do {
                return try make()
            } catch {
                problems.append(error)
                return nil
            }
        }
        let name = checked { () throws(ValidationError) in try PersonName(form["name"]) }
        let email = checked { () throws(ValidationError) in try EmailAddress(form["email"]) }
        let password = checked { () throws(ValidationError) in try Password(form["password"]) }
        let code: Void? = checked { () throws(ValidationError) in try SetupCode.checked(form["code"]) }
        guard let name, let email, let password, code != nil else { throw FormProblems(problems) }
        return (email, password, name)
    }
}

/// A form that has to be filled in again: a browser gets the form, JSON the failure. With `validation` fields break their
/// rules, with another code they are refused for what is known here.
struct FormProblems: Error, Sendable {
    let problems: [ValidationError]
    let code: FailureCode

    init(_ problems: [ValidationError], as code: FailureCode = .validation) {
        (self.problems, self.code) = (problems, code)
    }

    var failure: APIFailure { code == .validation ? .invalid(problems) : .refused(problems, as: code) }

    /// That of the form.
    var status: HTTPResponse.Status { code == .validation ? .unprocessableContent : code.status }
}
