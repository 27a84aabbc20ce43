import Core
import Templates

/// The list of help pages.
package struct HelpPage: AddressedPage {
    struct Topic: Templated {
        let title: String
        let description: String
        let link: Link

        static var fields: Fields<Topic> {
            Fields {
                Field.text("title") { $0.title }
                Field.text("description") { $0.description }
                Field.link("link") { $0.link }
            }
        }
    }

    package let route = Route.helpIndex
    let frame: PublicPageFrame
    let topics: [Topic]

    package init(frame: PublicPageFrame, pages: [ContentPage]) {
        self.frame = frame.showing("Help", description: "Short pages that answer one question each.")
        topics = pages.filter { $0.group == .help }.sorted { $0.order < $1.order }.map { page in
            Topic(
                title: page.title, description: page.description, link: Link(path: Route.help(slug: page.slug).path))
        }
    }

    package static var fields: Fields<HelpPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("heading") { _ in "Help" }
            Field.list("topics") { $0.topics }
        }
    }
}
