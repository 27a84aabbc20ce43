import Core
import Foundation

/// Everything people wrote that the product shows: plans and pages, read once at start.
package struct Library: Sendable {
    /// Lowest place first; there is at least one.
    package let plans: [Plan]
    /// By group, lowest place first.
    package let pages: [ContentPage]

    /// Reads `Plans/*.md` and `Pages/**/*.md` below `folder`. Every faulty file is an error that names it.
    package init(folder: String) throws {
        plans = try FrontMatter.files(in: folder + "/Plans").map(Library.plan).sorted {
            ($0.order, $0.id) < ($1.order, $1.id)
        }
        var pages: [ContentPage] = []
        for group in ContentPage.Group.allCases {
            let sub = group == .top ? "Pages" : "Pages/\(group.rawValue)"
            let found = try FrontMatter.files(in: "\(folder)/\(sub)").map { try Library.page($0, group) }
            pages += found.sorted { ($0.order, $0.slug) < ($1.order, $1.slug) }
        }
        self.pages = pages
        guard !plans.isEmpty else {
            throw ContentFailure(path: "\(folder)/Plans", reason: "must hold at least one plan; is --root right?")
        }
        for (plan, next) in zip(plans.map(\.id).sorted(), plans.map(\.id).sorted().dropFirst()) where plan == next {
            throw ContentFailure(path: "\(folder)/Plans", reason: "two plans have the id \(plan)")
        }
    }

    /// The same with one page more.
    package func adding(_ page: ContentPage) -> Library {
        Library(plans: plans, pages: pages + [page])
    }

    private init(plans: [Plan], pages: [ContentPage]) {
        (self.plans, self.pages) = (plans, pages)
    }

    package func plan(_ id: String) -> Plan? { plans.first { $0.id == id } }

    /// The plan with this id, or the first when it is no longer offered.
    package func plan(orSmallest id: String) -> Plan? { plan(id) ?? plans.first }

    package func page(_ group: ContentPage.Group, _ slug: String) -> ContentPage? {
        pages.first { $0.group == group && $0.slug == slug }
    }

    private static func plan(_ file: FrontMatter) throws -> Plan {
        let limits = try file.integers("limits")
        for key in limits.keys.sorted() where PlanLimit(rawValue: key) == nil {
            let known = PlanLimit.allCases.map(\.rawValue).joined(separator: ", ")
            throw ContentFailure(path: file.path, reason: "limits.\(key) is not a limit; there are \(known)")
        }
        let terms = Plan.Terms(
            name: try file.text("name"), priceUSDPerMonth: try file.integer("price_usd_month"),
            order: try file.integer("order"),
            limits: Dictionary(uniqueKeysWithValues: limits.map { (PlanLimit(rawValue: $0.key)!, $0.value) }))
        return try naming(file) { try Plan(id: try file.text("id"), terms: terms, body: file.body) }
    }

    private static func page(_ file: FrontMatter, _ group: ContentPage.Group) throws -> ContentPage {
        let heading = ContentPage.Heading(
            title: try file.text("title"), description: try file.text("description"), order: try file.integer("order"))
        let slug = ((file.path as NSString).lastPathComponent as NSString).deletingPathExtension
        return try naming(file) {
            try ContentPage(group: group, slug: slug, heading: heading, bodyMarkdown: file.body)
        }
    }

    private static func naming<Value>(_ file: FrontMatter, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as ValidationError {
            throw ContentFailure(path: file.path, reason: error.description)
        }
    }
}
