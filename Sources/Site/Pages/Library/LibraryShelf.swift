import Core
import Templates

/// What stands at the library's side: its collections and its most used tags.
struct LibraryShelf: Templated {
    private(set) var collections: [NamedLink]
    let tags: [NamedLink]

    /// `everything` is the number of things in the library, where it is known.
    init(everything: Int?, collections: [(name: String, route: Route, count: Int)], tags: [TagCount]) {
        self.collections =
            [NamedLink("Everything", .library(page: 1), count: everything.map { "\($0)" } ?? "")]
            + collections.map { NamedLink($0.name.visibleLine(60) ?? "Collection", $0.route, count: "\($0.count)") }
        self.tags = tags.map { tag in
            var query = LibraryQuery()
            query.add(.tag(tag.tag))
            return NamedLink(
                tag.tag.oneLine(40), link: SearchAddress.link(.librarySearch, query.text), count: "\(tag.count)")
        }
    }

    /// The same shelf, seen from the list that begins at this route.
    func marking(_ route: Route) -> LibraryShelf {
        var shelf = self
        let link = Link(path: route.path)
        for index in collections.indices { shelf.collections[index].isCurrent = collections[index].link == link }
        return shelf
    }

    static var fields: Fields<LibraryShelf> {
        Fields {
            Field.list("collections") { $0.collections }
            Field.flag("hasTags") { !$0.tags.isEmpty }
            Field.list("tags") { $0.tags }
        }
    }
}

/// How many things are filed under a tag.
struct TagCount {
    let tag: String
    let count: Int

    /// So many are shown.
    static let shown = 12

    /// The most used ones, in order of use, then of name; tags that differ by case alone are one.
    static func most(of lists: [[String]]) -> [TagCount] {
        var counts: [String: (tag: String, count: Int)] = [:]
        for tag in lists.joined() where Tag.length.contains(tag.unicodeScalars.count) {
            counts[tag.lowercased(), default: (tag, 0)].count += 1
        }
        return counts.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(shown)
            .map { TagCount(tag: $0.value.tag, count: $0.value.count) }
    }
}

/// What is done with the things that are selected.
struct FilingForm: Templated {
    let here: String
    let options: [BoardChoice]
    /// The collection on whose page it stands.
    var removeFrom: String?

    static var fields: Fields<FilingForm> {
        Fields {
            Field.text("here") { $0.here }
            Field.link("action") { _ in Link(path: APIRoute.organize.path) }
            Field.flag("hasOptions") { !$0.options.isEmpty }
            Field.list("options") { $0.options }
            Field.optionalText("removeFrom") { $0.removeFrom }
        }
    }
}

/// Another name for a collection, or its end.
struct CollectionNaming: Templated {
    let collection: LibraryCollection

    static var fields: Fields<CollectionNaming> {
        Fields {
            Field.text("name") { $0.collection.name }
            Field.link("save") { Link(path: APIRoute.collectionSave($0.collection.id).path) }
            Field.link("remove") { Link(path: APIRoute.collectionDelete($0.collection.id).path) }
        }
    }
}
