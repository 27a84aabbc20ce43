import Core
import Site
import Templates

extension GoldenPage {
    private typealias Fixture = PageFixture

    /// Collections, and pages about the library that are rendered when they are asked for.
    var libraryText: ((PageTemplates) throws -> String)? {
        let frame = Fixture.frame()
        switch self {
        case .collection: return { $0.library.text(try Fixture.collectionPages()[1]) }
        case .collectionEmpty: return { $0.library.text(try Fixture.collectionPages()[2]) }
        case .searchResults:
            return { templates in
                let page = LibraryPage.results(frame: frame, Fixture.results(), drawnBy: templates.card)
                return templates.library.text(page)
            }
        case .searchProblem:
            let problem = ValidationError(field: "q", rule: "has a quote that is not closed")
            let results = Fixture.results("\"<open> & more", problem: problem)
            return { $0.library.text(LibraryPage.results(frame: frame, results, drawnBy: $0.card)) }
        case .collectionForm:
            let problems = [ValidationError(field: "name", rule: "is already the name of a collection of yours")]
            let page = CollectionFormPage(frame: frame, collection: Fixture.id(901), name: "Hooks", problems: problems)
            return { $0.collectionForm.text(page) }
        default: return nil
        }
    }
}

extension PageFixture {
    static func collection(_ number: Int, _ name: String) -> LibraryCollection {
        LibraryCollection(id: id(900 + number), name: name, itemCount: 2, createdAt: start, updatedAt: start)
    }

    /// The library, a collection of a board and a trend, and an empty one.
    static func collectionPages() throws -> [LibraryPage] {
        var trend = trend(3, state: .saved)
        trend.tags = ["hook", "two words"]
        var hooks = CollectionContents(collection(1, "Hooks & openings"))
        (hooks.trendIDs, hooks.boardIDs) = ([trend.id, id(1)], [board(1).id])
        return LibraryPage.list(
            frame: frame(), saved: [try card(trend), try card(self.trend(4, state: .saved))],
            boards: [BoardCard(board(1), cards: [:]), BoardCard(board(2), cards: [:])],
            collections: [hooks, CollectionContents(collection(2, "Later"))])
    }

    static func results(_ text: String = "kind:board cash", problem: ValidationError? = nil) -> LibraryResults {
        let items = problem == nil ? [LibraryItem(.board(board(1))), LibraryItem(.trend(trend(3)))] : []
        return LibraryResults(
            .kept, text: text, found: ListPage(items: items, total: problem == nil ? 22 : 0, paging: Paging()),
            collections: [collection(1, "Hooks")], problem: problem)
    }
}
