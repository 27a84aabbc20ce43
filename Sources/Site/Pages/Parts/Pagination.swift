import Core
import Templates

/// One page's place among the pages of a list.
struct Pagination: Templated, Equatable {
    let page: Int
    let count: Int
    let previous: Link?
    let next: Link?

    /// Nil for a list that fits on one page.
    init?(page: Int, of count: Int, _ route: (Int) -> Route) {
        self.init(page: page, of: count, link: { Link(path: route($0).path) })
    }

    /// For lists whose pages are no routes of their own; a page behind the last leads back to it.
    init?(page: Int, of count: Int, link: (Int) -> Link) {
        guard count > 1 else { return nil }
        (self.page, self.count) = (page, count)
        previous = page > 1 ? link(min(page - 1, count)) : nil
        next = page < count ? link(page + 1) : nil
    }

    static var fields: Fields<Pagination> {
        Fields {
            Field.number("page") { $0.page }
            Field.number("count") { $0.count }
            Field.optionalLink("previous") { $0.previous }
            Field.optionalLink("next") { $0.next }
        }
    }
}

extension Array {
    /// The list cut into pages of `size`; an empty list is one empty page.
    func paged(_ size: Int) -> [ArraySlice<Element>] {
        isEmpty ? [[]] : stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
