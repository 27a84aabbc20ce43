import Core
import Templates

/// The form for a collection's name, with what is wrong with it.
package struct CollectionFormPage: Templated {
    let frame: SitePageFrame
    let heading: String
    let action: Link
    let name: FormField
    let problems: [FormProblem]

    package init(frame: SitePageFrame, collection: CollectionID?, name: String, problems: [ValidationError]) {
        heading = collection == nil ? "New collection" : "Rename collection"
        self.frame = frame.showing(heading, at: collection.map { .collection($0, page: 1) } ?? .library(page: 1))
        action = Link(path: (collection.map { APIRoute.collectionSave($0) } ?? .collections).path)
        let field = FormField(name: "name", label: "Name", value: name, autocomplete: "off").with(problems)
        self.name = field
        self.problems = FormProblem.all(problems, in: [field])
    }

    package static var fields: Fields<CollectionFormPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { $0.heading }
            Field.link("action") { $0.action }
            Field.link("library") { _ in Link(path: Route.library(page: 1).path) }
            Field.one("field") { $0.name }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}
