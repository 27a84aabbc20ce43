import Templates

/// The templates of what stands around every private page, each drawn once for many pages.
package struct FrameTemplates: Sendable {
    let sidebar: Template<FramePart>
    let topbar: Template<FramePart>

    package init(library: TemplateLibrary) throws(TemplateFailure) {
        sidebar = try library.bind("partials/sidebar", to: FramePart.self)
        topbar = try library.bind("partials/topbar", to: FramePart.self)
    }

    /// The part, without the line end of its file.
    func draw(_ template: Template<FramePart>, _ part: FramePart) -> SafeHTML {
        var bytes: [UInt8] = []
        template.render(part, into: &bytes)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return SafeHTML(trusted: bytes)
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
