import Core
import HTTPTypes

/// What a handler returns: the value for programs, the page for forms, and what the write changed.
struct Answer<Value: Described>: Sendable {
    let value: Value
    var status: HTTPResponse.Status
    var meta = AnswerMeta()
    /// What pages to make current before the answer leaves; `nil` when nothing changed.
    var change: Change?
    /// Where a form goes afterwards: the page that shows the result. The form's own `next` comes first.
    var page: Route?
    /// What a form sees at once instead: something that is shown this once and is no file.
    var shown: PageAnswer?
    var headers: HTTPFields = [:]

    init(_ value: Value, status: HTTPResponse.Status = .ok, change: Change? = nil, page: Route? = nil) {
        (self.value, self.status, self.change, self.page) = (value, status, change, page)
    }

    /// One page of a list, with its numbers in `meta.pagination`.
    init<Element: Described>(_ list: ListPage<Element>) where Value == [Element] {
        self.init(list.items)
        meta.pagination = AnswerMeta.Pagination(
            page: list.paging.page, limit: list.paging.limit, total: list.total, totalPages: list.totalPages)
    }
}

/// What stands beside the value.
struct AnswerMeta: Sendable, Equatable {
    struct Pagination: Sendable, Equatable {
        let page: Int64
        let limit: Int64
        let total: Int64
        let totalPages: Int64
    }

    /// How much of a plan's limit is used up.
    struct Usage: Sendable, Equatable {
        let current: Int64
        let limit: Int64

        var remaining: Int64 { max(0, limit - current) }
    }

    var pagination: Pagination?
    var usage: Usage?

    var isEmpty: Bool { pagination == nil && usage == nil }
}

/// The answer of a route that removes something.
struct Removed: Sendable {
    let id: String
}

extension Removed: Described {
    static let shape = Shape<Removed>.object(
        "Removed",
        [
            Property("id", .text(like: "01990000-0000-7000-8000-000000000001")) { $0.id },
            Property("removed", .bool) { _ in true },
        ])
}
