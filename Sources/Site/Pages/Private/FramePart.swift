import Templates

/// The templates of what stands around every private page, each drawn once for many pages.
package struct FrameTemplates: Sendable {
    let sidebar: Template<FramePart>
    let topbar: Template<FramePart>

    package init(library: TemplateLibrary) throws(TemplateFailure) {
        sidebar = try library.bind("partials/sidebar", to: FramePart.self)
        topbar = try library.bind("partials/topbar", to: FramePart.self)
    }
}

/// The values of the partials `sidebar` and `topbar`.
struct FramePart: Templated {
    struct Values: Templated {
        let site: UserFrame
        let nav: [NavigationItem]
        let filter: String?

        static var fields: Fields<Values> {
            Fields {
                Field.link("icons") { $0.site.assets.iconSheet }
                Field.text("userName") { $0.site.userName }
                Field.text("email") { $0.site.email }
                Field.text("initials") { $0.site.initials }
                Field.optionalLink("picture") { $0.site.picture }
                Field.optionalText("filter") { $0.filter }
                Field.list("nav") { $0.nav }
            }
        }
    }

    let frame: Values

    static var fields: Fields<FramePart> {
        Fields { Field.one("frame") { $0.frame } }
    }
}
