/// Which part of a list is asked for: pages are counted from 1.
package struct Paging: Sendable, Hashable {
    package static let limits: ClosedRange<Int64> = 1...100
    package static let defaultLimit: Int64 = 20
    /// Page numbers beyond this mean nothing.
    package static let pages: ClosedRange<Int64> = 1...1_000_000

    package let page: Int64
    package let limit: Int64

    /// Both are brought into their range.
    package init(page: Int64 = 1, limit: Int64 = Paging.defaultLimit) {
        self.page = min(max(page, Paging.pages.lowerBound), Paging.pages.upperBound)
        self.limit = min(max(limit, Paging.limits.lowerBound), Paging.limits.upperBound)
    }

    /// How many entries come before this page.
    package var offset: Int64 { (page - 1) * limit }
}

/// One page of a list, and how long the whole list is.
package struct ListPage<Element: Sendable>: Sendable {
    package let items: [Element]
    package let total: Int64
    package let paging: Paging

    package init(items: [Element], total: Int64, paging: Paging) {
        (self.items, self.total, self.paging) = (items, total, paging)
    }

    package var totalPages: Int64 { (total + paging.limit - 1) / paging.limit }
}
