import Core
import Templates

/// A personal token, shown once.
package struct NewTokenPage: Templated {
    let frame: PublicPageFrame
    let name: String
    let text: String
    let back = NamedLink("Back to settings", .settings)

    package init(frame: PublicPageFrame, name: String, text: String) {
        self.frame = frame.showing("New token")
        (self.name, self.text) = (name, text)
    }

    package static var fields: Fields<NewTokenPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("name") { $0.name }
            Field.text("text") { $0.text }
            Field.one("back") { $0.back }
        }
    }
}
