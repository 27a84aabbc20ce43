/// An answer that cannot be a file: rendered at request time, sent with `no-store`, never saved.
package enum PageAnswer: Sendable, Equatable {
    /// The sign-in form with what the user typed (never the password) and a sentence per faulty field.
    case signIn(email: String, next: String?, problems: [ValidationError])
    /// The sign-up form; `needsCode` asks for the set-up code, which the first account needs from another machine.
    case signUp(email: String, name: String, problems: [ValidationError], needsCode: Bool)
    case account(AccountForm, problems: [ValidationError])
    /// A new personal token, which is shown this once.
    case newToken(name: String, text: String)
    /// The page on which users change their account.
    case overview(AccountOverview, PageOwner)
    /// How far the removal of an account is.
    case farewell(JobID, JobStatus)
    /// The watchlist editor with what the user typed, and a sentence per faulty field.
    case watchlist(WatchlistForm)
    /// An error page: status code, headline, one sentence on what to do, request id for support.
    case failure(status: Int, title: String, message: String, requestID: String)
    /// A private page about ideaboards, in its owner's frame.
    case board(BoardAnswer, PageOwner)
    /// A private page about the library, in its owner's frame.
    case library(LibraryAnswer, PageOwner)
}

/// Renders answers with the same templates as the published pages.
package protocol PageRendering: Sendable {
    /// A whole HTML document.
    func render(_ answer: PageAnswer) throws -> [UInt8]
}

/// A watchlist as it stands in the editor's form.
package struct WatchlistForm: Sendable, Equatable {
    package let owner: PageOwner
    /// `nil` for a watchlist that is not saved yet.
    package let id: WatchlistID?
    /// What was typed, by field.
    package var fields: [String: [String]]
    package var problems: [ValidationError] = []
    package var preview: WatchlistPreview?

    package init(owner: PageOwner, id: WatchlistID?, fields: [String: [String]]) {
        (self.owner, self.id, self.fields) = (owner, id, fields)
    }

    /// The form of a saved watchlist.
    package init(owner: PageOwner, watchlist: Watchlist) {
        let rule = watchlist.rule
        let lists = [
            "keywords": rule.keywords, "must_words": rule.mustWords, "exclusions": rule.exclusions,
        ].mapValues { [$0.joined(separator: ", ")] }
        let numbers = [
            "minimum_views": rule.minimumViews, "maximum_age_hours": rule.maximumAgeHours.map(Int64.init),
            "minimum_duration": rule.minimumDuration, "maximum_duration": rule.maximumDuration,
        ].mapValues { [$0.map { "\($0)" } ?? ""] }
        let others = [
            "name": [watchlist.name], "platforms": rule.platforms.map(\.rawValue).sorted(),
            "language": [rule.language ?? ""], "shorts": [rule.shorts.rawValue],
        ]
        let fields = lists.merging(numbers) { first, _ in first }.merging(others) { first, _ in first }
        self.init(owner: owner, id: watchlist.id, fields: fields)
    }
}
