/// An answer that cannot be a file: rendered at request time, sent with `no-store`, never saved.
package enum PageAnswer: Sendable, Equatable {
    /// The sign-in form with what the user typed (never the password) and a sentence per faulty field.
    case signIn(email: String, next: String?, problems: [ValidationError])
    /// The sign-up form; `needsCode` asks for the set-up code, which the first account needs from another machine.
    case signUp(email: String, name: String, problems: [ValidationError], needsCode: Bool)
    /// An error page: status code, headline, one sentence on what to do, request id for support.
    case failure(status: Int, title: String, message: String, requestID: String)
    /// A private page about ideaboards, in its owner's frame.
    case board(BoardAnswer, PageOwner)
}

/// Renders answers with the same templates as the published pages.
package protocol PageRendering: Sendable {
    /// A whole HTML document.
    func render(_ answer: PageAnswer) throws -> [UInt8]
}
