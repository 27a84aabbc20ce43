import Core
import Templates

/// What a list shows while it has nothing: one icon, one sentence, the one button that leads to filling it.
struct EmptyState: Templated, Equatable {
    let icon: Link
    let sentence: String
    let action: String
    let link: Link

    init(_ icon: Link, _ sentence: String, action: String, _ route: Route) {
        (self.icon, self.sentence, self.action) = (icon, sentence, action)
        link = Link(path: route.path)
    }

    static var fields: Fields<EmptyState> {
        Fields {
            Field.link("icon") { $0.icon }
            Field.text("sentence") { $0.sentence }
            Field.text("action") { $0.action }
            Field.link("link") { $0.link }
        }
    }
}
