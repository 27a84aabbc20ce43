import Core
import Templates

/// Addresses of searches.
enum SearchAddress {
    static func link(_ route: Route, _ text: String, page: Int = 1) -> Link {
        var query = "?q="
        for byte in text.utf8 {
            if isPlain(byte) {
                query.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                query += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return Link(path: route.path + query + (page > 1 ? "&page=\(page)" : ""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}

/// The field for a query, with the buttons that write it.
struct SearchBox: Templated {
    let text: String
    let problem: String?
    let buttons: [QueryButton]
    private let scope: LibraryRequest.Scope
    private let others: Link

    /// On a page of the library; in a collection it begins with that collection.
    init(_ collection: LibraryCollection?) {
        var query = LibraryQuery()
        if let collection { query.add(.collection(collection.name)) }
        text = collection == nil ? "" : query.text + " "
        (scope, problem) = (.kept, nil)
        buttons = collection == nil ? QueryButton.plain : QueryButton.all(for: query, .librarySearch)
        others = SearchAddress.link(.search, "")
    }

    init(_ results: LibraryResults) {
        (text, scope) = (results.text, results.scope)
        problem = results.problem.map { "The query \($0.rule)." }
        let query = (try? LibraryQuery(results.text)) ?? LibraryQuery()
        buttons = QueryButton.all(for: query, results.scope == .kept ? .librarySearch : .search)
        others = SearchAddress.link(results.scope == .kept ? .search : .librarySearch, results.text)
    }

    static var fields: Fields<SearchBox> {
        Fields {
            Field.text("text") { $0.text }
            Field.link("action") { Link(path: ($0.scope == .kept ? Route.librarySearch : .search).path) }
            Field.text("label") { $0.scope == .kept ? "Search the library" : "Search everything" }
            Field.optionalText("problem") { $0.problem }
            Field.list("buttons") { $0.buttons }
            Field.link("others") { $0.others }
            Field.text("othersName") { $0.scope == .kept ? "Search all trends" : "Search the library only" }
            Field.link("help") { _ in Link(path: Route.help(slug: "search").path) }
        }
    }
}

/// A link to the query with one term more, or one less.
struct QueryButton: Templated {
    let name: String
    let term: String
    let link: Link
    let isCurrent: Bool

    /// A query of more bytes is not carried along: it would stand in every link of the page.
    private static let longest = 400

    /// Beside an empty query, as on every page of the library itself.
    static let plain = all(for: LibraryQuery(), .librarySearch)

    static func all(for query: LibraryQuery, _ route: Route) -> [QueryButton] {
        let carried = query.text.utf8.count <= longest ? query : LibraryQuery()
        return choices.map { name, condition in
            let term = LibraryQuery.Term(condition)
            return QueryButton(
                name: name, term: term.text, link: SearchAddress.link(route, carried.toggling(term).text),
                isCurrent: query.terms.contains(term))
        }
    }

    private static let choices: [(String, LibraryQuery.Condition)] =
        [
            ("Trends", .trait(.kind, .trend)), ("Boards", .trait(.kind, .board)), ("Shorts", .trait(.is, .short)),
            ("20 min and more", .trait(.is, .long)), ("Drafts", .trait(.status, .draft)),
            ("Published", .trait(.status, .published)),
        ] + [Platform.youtube, .tiktok, .reddit, .twitter].map { ($0.name, .platform($0)) }

    static var fields: Fields<QueryButton> {
        Fields {
            Field.text("name") { $0.name }
            Field.text("term") { $0.term }
            Field.link("link") { $0.link }
            Field.flag("isCurrent") { $0.isCurrent }
        }
    }
}
