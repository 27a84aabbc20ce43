import Core
import Synchronization

/// Renders answers as plain sentences that a test can look for.
package struct PlainRendering: PageRendering, MarkdownRendering {
    package init() {}

    package func render(_ answer: PageAnswer) throws -> [UInt8] {
        switch answer {
        case .signIn(let email, let next, let problems):
            Array("sign-in email=\(email) next=\(next ?? "-") problems=\(problems.map(\.description))".utf8)
        case .signUp(let email, let name, let problems, let needsCode):
            Array("sign-up email=\(email) name=\(name) problems=\(problems.map(\.description)) code=\(needsCode)".utf8)
        case .account(let form, let problems):
            Array("account \(form) problems=\(problems.map(\.description))".utf8)
        case .overview(let overview, let owner):
            Array(
                "overview of \(owner.user.email ?? "-") sessions=\(overview.sessions.count) tokens=\(overview.tokens.count)"
                    .utf8)
        case .farewell(_, let status):
            Array("farewell \(status)".utf8)
        case .newToken(let name, let text):
            Array("new token \(name): \(text)".utf8)
        case .watchlist(let form):
            Array(
                "watchlist \(form.fields) problems=\(form.problems.map(\.description)) \(form.preview?.matching ?? -1)"
                    .utf8)
        case .failure(let status, let title, let message, let requestID):
            Array("failure \(status) \(title): \(message) (\(requestID))".utf8)
        case .board(let answer, let owner):
            Array("board of \(owner.user.email ?? "-"): \(answer)".utf8)
        case .library(let answer, let owner):
            Array("library of \(owner.user.email ?? "-"): \(answer)".utf8)
        }
    }

    package func html(ofMarkdown text: String) throws -> String { "<p>\(text)</p>" }
}

/// Status and feeds as the test sets them.
package final class MemoryStatus: StatusReading {
    private let feeds = Mutex<[WatchlistID: (owner: UserID, version: Int64)]>([:])
    private let statuses = Mutex<[UserID: UserStatus]>([:])

    package init() {}

    package func set(_ status: UserStatus, of user: UserID) { statuses.withLock { $0[user] = status } }

    package func set(owner: UserID, version: Int64, of watchlist: WatchlistID) {
        feeds.withLock { $0[watchlist] = (owner, version) }
    }

    package func status(of user: UserID) async throws -> UserStatus {
        statuses.withLock { $0[user] } ?? UserStatus(observedAt: nil, newTrends: 0)
    }

    package func feed(of watchlist: WatchlistID) async throws -> (owner: UserID, version: Int64)? {
        feeds.withLock { $0[watchlist] }
    }
}
