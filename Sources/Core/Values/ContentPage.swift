/// A page that people wrote: Markdown with front matter, one file of `Content/Pages`.
package struct ContentPage: Sendable, Hashable {
    /// Its folder: `help` and `legal` hold one page an address; the pages at the top are named by their slug.
    package enum Group: String, Sendable, Hashable, CaseIterable {
        case top, help, legal
    }

    package let group: Group
    /// The file's name without extension.
    package let slug: String
    package let title: String
    /// One sentence for lists and search engines.
    package let description: String
    /// Place in its group, lowest first.
    package let order: Int64
    package let bodyMarkdown: String

    /// What the front matter of a page says.
    package struct Heading: Sendable {
        package let title: String
        package let description: String
        package let order: Int64

        package init(title: String, description: String, order: Int64) {
            (self.title, self.description, self.order) = (title, description, order)
        }
    }

    /// Title and description must not be empty; the error names the front matter's key.
    package init(group: Group, slug: String, heading: Heading, bodyMarkdown: String) throws(ValidationError) {
        guard Slug.isValid(slug) else { throw ValidationError(field: "slug", rule: Slug.rule) }
        guard !heading.title.isEmpty else { throw ValidationError(field: "title", rule: "must not be empty") }
        guard !heading.description.isEmpty else {
            throw ValidationError(field: "description", rule: "must not be empty")
        }
        (self.group, self.slug, self.bodyMarkdown) = (group, slug, bodyMarkdown)
        (title, description, order) = (heading.title, heading.description, heading.order)
    }

    /// Where it is read; `nil` for a page of the top group that is no page of its own.
    package var route: Route? {
        switch (group, slug) {
        case (.help, _): .help(slug: slug)
        case (.legal, _): .legal(slug: slug)
        case (.top, "landing"): .landing
        case (.top, "pricing"): .pricing
        default: nil
        }
    }
}
