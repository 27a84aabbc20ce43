import Content
import Core
import Foundation
import TestSupport
import Testing

@Suite("Content library")
struct LibraryTests {
    private static let limits = """
        limits:
          scrapes: 60
          downloads: 0
          ai_generations: 20
          watchlists: 3
          ideaboards: 10
          storage_gb: 1
        """

    private static func plan(_ id: String, order: Int = 1, limits: String = limits) -> String {
        "---\nid: \(id)\nname: Plan \(id)\nprice_usd_month: 9\norder: \(order)\n\(limits)\n---\nFor whom."
    }

    private static func page(_ title: String, order: Int) -> String {
        "---\ntitle: \(title)\ndescription: About \(title).\norder: \(order)\n---\nText."
    }

    /// A folder of these files.
    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in files {
            let path = "\(folder.path)/\(name)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        return folder
    }

    private func reason(_ files: [String: String]) throws -> String? {
        let folder = try folder(files)
        let failure = #expect(throws: ContentFailure.self) { try Library(folder: folder.path) }
        return failure?.description.replacing(folder.path + "/", with: "")
    }

    @Test("Plans come in their order with their limits, pages by group in theirs")
    func order() throws {
        let folder = try folder([
            "Plans/a.md": Self.plan("zeta", order: 1), "Plans/b.md": Self.plan("alpha", order: 2),
            "Plans/notes.txt": "not read", "Pages/landing.md": Self.page("Landing", order: 1),
            "Pages/help/second.md": Self.page("Second", order: 2), "Pages/help/first.md": Self.page("First", order: 1),
            "Pages/help/also.md": Self.page("Also", order: 2), "Pages/legal/terms.md": Self.page("Terms", order: 1),
        ])
        let library = try Library(folder: folder.path)

        #expect(library.plans.map(\.id) == ["zeta", "alpha"])
        let plan = try #require(library.plan("zeta"))
        #expect(plan.name == "Plan zeta" && plan.priceUSDPerMonth == 9 && plan.body == "For whom." && !plan.isFree)
        #expect(PlanLimit.allCases.map(plan.limit) == [60, 0, 20, 3, 10, 1])
        #expect(library.plan("nobody") == nil)
        #expect(library.pages.map(\.slug) == ["landing", "first", "also", "second", "terms"])
        #expect(library.page(.help, "first")?.title == "First" && library.page(.legal, "first") == nil)
        #expect(library.page(.help, "first")?.route == .help(slug: "first"))
    }

    @Test("The product's own content is whole: free comes first, every page has a title of its own")
    func own() throws {
        let library = try Library(folder: RepositoryRoot.path + "/Content")

        #expect(library.plans.map(\.id) == ["free", "creator", "studio"])
        #expect(library.plans.first?.isFree == true)
        for limit in PlanLimit.allCases {
            let amounts = library.plans.map { $0.limit(limit) }
            #expect(amounts == amounts.sorted(), "a dearer plan must not give less: \(limit)")
        }
        #expect(library.page(.top, "landing") != nil && library.page(.top, "pricing") != nil)
        #expect(library.page(.legal, "privacy") != nil && library.page(.legal, "terms") != nil)
        #expect(Set(library.pages.map(\.title)).count == library.pages.count)
        #expect(library.pages.allSatisfy { !$0.bodyMarkdown.isEmpty || $0.group == .top })
    }

    @Test("A folder without plans asks whether it is the right one")
    func nothing() throws {
        #expect(try reason([:]) == "Plans: must hold at least one plan; is --root right?")
    }

    @Test("Two plans of one id are refused: accounts name their plan by it")
    func twice() throws {
        #expect(
            try reason(["Plans/a.md": Self.plan("free"), "Plans/b.md": Self.plan("free", order: 2)])
                == "Plans: two plans have the id free")
    }

    @Test(
        "A faulty plan names file, key and rule",
        arguments: [
            ("id: ok", "id: Not OK", "id \(Slug.rule)"), ("name: Plan ok", "name: ''", "name must not be empty"),
            ("price_usd_month: 9", "price_usd_month: -1", "price_usd_month must be at least 0"),
            ("price_usd_month: 9", "price: 9", "price_usd_month must be a whole number"),
            ("  downloads: 0\n", "", "limits.downloads must be given and at least 0"),
            ("  downloads: 0", "  downloads: -5", "limits.downloads must be given and at least 0"),
            ("  downloads: 0", "  downloads: many", "limits.downloads must be a whole number"),
            (
                "  downloads: 0", "  downloads: 0\n  yachts: 1",
                "limits.yachts is not a limit; there are scrapes, downloads, ai_generations, watchlists, ideaboards, storage_gb"
            ),
        ])
    func faultyPlan(old: String, new: String, rule: String) throws {
        #expect(try reason(["Plans/a.md": Self.plan("ok").replacing(old, with: new)]) == "Plans/a.md: \(rule)")
    }

    @Test(
        "A faulty page names file, key and rule",
        arguments: [
            ("Pages/help/Bad Name.md", page("A", order: 1), "slug \(Slug.rule)"),
            ("Pages/help/a.md", page("''", order: 1), "title must not be empty"),
            ("Pages/legal/a.md", "---\ntitle: A\ndescription: ''\norder: 1\n---\n", "description must not be empty"),
            ("Pages/a.md", "---\ntitle: A\norder: 1\n---\n", "description must be text"),
            ("Pages/a.md", "---\ntitle: A\ndescription: B\n---\n", "order must be a whole number"),
        ])
    func faultyPage(file: String, text: String, rule: String) throws {
        #expect(try reason(["Plans/a.md": Self.plan("ok"), file: text]) == "\(file): \(rule)")
    }

    @Test("A file that is not UTF-8 says so")
    func encoding() throws {
        let folder = try folder(["Plans/a.md": ""])
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.path + "/Plans/a.md"))

        let failure = #expect(throws: ContentFailure.self) { try Library(folder: folder.path) }
        #expect(failure?.reason == "must be readable UTF-8 text")
    }
}
