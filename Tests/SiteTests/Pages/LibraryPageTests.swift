import Core
import TestSupport
import Testing

@testable import Site

@Suite("Pages of the library")
struct LibraryPageTests {
    @Test("Each collection has its pages, an empty one too, and shows what of it is in the library")
    func collections() throws {
        let pages = try PageFixture.collectionPages()
        #expect(
            pages.map(\.route) == [
                .library(page: 1), .collection(PageFixture.id(901), page: 1), .collection(PageFixture.id(902), page: 1),
            ])
        #expect(pages.map { [$0.boards.count, $0.trends.count] } == [[2, 2], [1, 1], [0, 0]])
        #expect(pages[1].summary == "1 saved trend · 1 board" && pages[2].empty != nil && pages[0].naming == nil)
        #expect(pages[1].shelf.collections.map(\.isCurrent) == [false, true, false])
        #expect(pages[1].shelf.collections.map(\.count) == ["4", "2", "0"])
        #expect(
            pages.map(\.filing.removeFrom)
                == [nil, PageFixture.id(901) as CollectionID, PageFixture.id(902)].map { $0?.rawValue })
    }

    @Test("The most used tags come first, those that differ by case alone as one")
    func tags() {
        let tags = TagCount.most(of: [["hook", "b"], ["Hook"], ["a", "HOOK"], (0..<20).map { "t\($0)" }])
        #expect(tags.prefix(3).map(\.tag) == ["hook", "a", "b"] && tags[0].count == 3)
        #expect(tags.count == TagCount.shown)
    }

    @Test("A button links to the query with its term added, or taken away where it stands")
    func buttons() throws {
        let query = try LibraryQuery("cash kind:board")
        let buttons = QueryButton.all(for: query, .librarySearch)
        let boards = try #require(buttons.first { $0.name == "Boards" })
        let trends = try #require(buttons.first { $0.name == "Trends" })
        #expect(boards.isCurrent && boards.link.text == "/library/search/?q=cash")
        #expect(!trends.isCurrent && trends.link.text == "/library/search/?q=cash%20kind%3Aboard%20kind%3Atrend")
    }

    @Test("The link of a search carries any text whole")
    func links() {
        let link = SearchAddress.link(.search, "a&b=\"é\"#+%", page: 3)
        #expect(link.text == "/search/?q=a%26b%3D%22%C3%A9%22%23%2B%25&page=3")
    }

    @Test("Results have their pages, and a page behind the last leads back")
    func results() throws {
        let templates = try PageFixture.templates()
        func page(_ number: Int64) -> LibraryPage {
            let found = ListPage<LibraryItem>(items: [], total: 45, paging: Paging(page: number))
            let results = LibraryResults(.everything, text: "x y", found: found, collections: [])
            return LibraryPage.results(frame: PageFixture.frame(), results, drawnBy: templates.card)
        }
        #expect(page(2).pagination?.previous?.text == "/search/?q=x%20y" && page(2).pagination?.count == 3)
        #expect(page(2).pagination?.next?.text == "/search/?q=x%20y&page=3" && page(3).pagination?.next == nil)
        #expect(page(9).pagination?.previous?.text == "/search/?q=x%20y&page=3")
    }

    @Test("A search in a collection begins with the collection")
    func collectionSearch() throws {
        let pages = try PageFixture.collectionPages()
        #expect(pages[0].search.text == "" && pages[1].search.text == "in:\"Hooks & openings\" ")
    }
}
