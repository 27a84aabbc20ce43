import Core
import Templates

/// A help or legal page beside the others of its group.
package struct ArticlePage: AddressedPage {
    package let route: Route
    let frame: PublicPageFrame
    let heading: String
    let group: String
    let prose: SafeHTML
    let siblings: [NamedLink]

    /// Nil for a page without an address of its own. `pages` are all pages, in any order.
    package init?(frame: PublicPageFrame, content: ContentPage, prose: SafeHTML, among pages: [ContentPage]) {
        guard let route = content.route, content.group != .top else { return nil }
        self.route = route
        self.frame = frame.showing(content.title, description: content.description)
        (heading, self.prose) = (content.title, prose)
        group = content.group == .help ? "Help" : "Legal"
        siblings = pages.filter { $0.group == content.group }.sorted { $0.order < $1.order }.compactMap { page in
            page.route.map { NamedLink(page.title, $0, isCurrent: $0 == route) }
        }
    }

    package static var fields: Fields<ArticlePage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { $0.heading }
            Field.text("group") { $0.group }
            Field.html("prose") { $0.prose }
            Field.list("siblings") { $0.siblings }
        }
    }
}
