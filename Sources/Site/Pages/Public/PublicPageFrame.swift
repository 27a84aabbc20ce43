import Core
import Templates

/// What stands around every public page: the same for everybody.
package struct PublicPageFrame: Sendable {
    let assets: AssetAddresses
    private let legal: [NamedLink]
    private(set) var title = ""
    private(set) var description: String?

    /// `legal` are the pages that the foot links to.
    package init(assets: AssetAddresses, legal: [ContentPage]) {
        self.assets = assets
        self.legal = legal.sorted { $0.order < $1.order }.compactMap { page in
            page.route.map { NamedLink(page.title, $0) }
        }
    }

    /// The frame of one page.
    func showing(_ title: String, description: String? = nil) -> PublicPageFrame {
        var frame = self
        (frame.title, frame.description) = (title, description)
        return frame
    }
}

extension PublicPageFrame: Templated {
    package static var fields: Fields<PublicPageFrame> {
        Fields {
            Field.text("title") { $0.title }
            Field.optionalText("description") { $0.description }
            Field.link("css") { $0.assets.css }
            Field.link("publicCSS") { $0.assets.publicCSS }
            Field.link("js") { $0.assets.js }
            Field.link("icons") { $0.assets.iconSheet }
            Field.link("favicon") { $0.assets.favicon }
            Field.link("touchIcon") { $0.assets.touchIcon }
            Field.list("legal") { $0.legal }
        }
    }
}
