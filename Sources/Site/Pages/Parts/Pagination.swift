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
        guard count > 1 else { return nil }
        (self.page, self.count) = (page, count)
        previous = page > 1 ? Link(path: route(page - 1).path) : nil
        next = page < count ? Link(path: route(page + 1).path) : nil
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
