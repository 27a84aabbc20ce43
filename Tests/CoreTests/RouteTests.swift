import Core
import Testing

@Suite("Routes")
struct RouteTests {
    private static let list = WatchlistID(rawValue: "0192f0c0-0000-7000-8000-000000000001")
    private static let trend = TrendID(rawValue: "0192f0c0-0000-7000-8000-000000000002")
    private static let board = IdeaboardID(rawValue: "0192f0c0-0000-7000-8000-000000000003")

    private static let collection = CollectionID(rawValue: "0192f0c0-0000-7000-8000-000000000004")

    private static let pages: [Route] = [
        .landing, .pricing, .helpIndex, .signIn, .signUp, .offline, .help(slug: "scores"), .legal(slug: "scores"),
        .dashboard, .downloads, .settings, .trends(page: 1), .trends(page: 2), .watchlist(list, page: 1),
        .watchlist(list, page: 2), .trend(trend), .ideaboards(page: 1), .ideaboards(page: 2), .ideaboard(board),
        .library(page: 1), .library(page: 2), .collection(collection, page: 1), .collection(collection, page: 2),
        .librarySearch, .search,
        .account, .farewell(JobID(rawValue: "0192f0c0-0000-7000-8000-000000000004")),
    ]
    private static let files: [Route] = [
        .notFound, .failure, .feed(token: "t", list), .status, .sitemap, .robots, .manifest, .serviceWorker,
        .asset(name: "app.css"), .picture(PictureDigest(sha256: [UInt8](0..<32))), .signInForm, .signUpForm,
        .signOutForm,
    ]

    @Test("No two routes share a path")
    func unique() {
        let paths = (Self.pages + Self.files).map(\.path)
        #expect(Set(paths).count == paths.count)
    }

    @Test("A page's path ends in a slash, a file's does not, and both begin with one")
    func slashes() {
        #expect(Self.pages.allSatisfy { $0.path.hasPrefix("/") && $0.path.hasSuffix("/") })
        #expect(Self.files.allSatisfy { $0.path.hasPrefix("/") && !$0.path.hasSuffix("/") })
        #expect(!(Self.pages + Self.files).contains { $0.path.contains("//") })
    }

    @Test("A page number below two is the list itself", arguments: [-1, 0, 1])
    func firstPage(_ page: Int) {
        #expect(Route.trends(page: page).path == "/trends/")
        #expect(Route.watchlist(Self.list, page: page).path == "/trends/watchlists/\(Self.list)/")
        #expect(Route.ideaboards(page: page).path == "/ideaboards/")
        #expect(Route.library(page: page).path == "/library/")
    }

    @Test("A page of content knows its address, and one that has none says so")
    func content() throws {
        func route(_ group: ContentPage.Group, _ slug: String) throws -> Route? {
            let heading = ContentPage.Heading(title: "T", description: "D", order: 1)
            return try ContentPage(group: group, slug: slug, heading: heading, bodyMarkdown: "").route
        }
        #expect(try route(.help, "scores") == .help(slug: "scores"))
        #expect(try route(.legal, "privacy") == .legal(slug: "privacy"))
        #expect(try route(.top, "landing") == .landing)
        #expect(try route(.top, "pricing") == .pricing)
        #expect(try route(.top, "draft") == nil)
    }

    @Test(
        "A slug can lead nowhere but to its own page",
        arguments: ["../admin", "a/b", "a?b", "a#b", "%2e%2e", "a.b", ""])
    func slugs(_ slug: String) {
        let heading = ContentPage.Heading(title: "T", description: "D", order: 1)
        #expect(throws: ValidationError(field: "slug", rule: Slug.rule)) {
            try ContentPage(group: .help, slug: slug, heading: heading, bodyMarkdown: "")
        }
    }
}

@Suite("Sections")
struct SectionTests {
    @Test("Sections are numbered without a gap, since a site's row is read by their number")
    func numbers() {
        #expect(Section.allCases.map(\.rawValue) == Array(0..<Section.allCases.count))
        #expect(Set(Section.allCases.map(\.columnName)).count == Section.allCases.count)
    }

    @Test("A site's head gives each section its own revision")
    func head() {
        let revisions = Section.allCases.map { Int64($0.rawValue) * 10 }
        let head = SiteHead(key: "k", name: .publicPages, revision: 99, feedVersion: 1, sections: revisions)
        for section in Section.allCases { #expect(head.revision(of: section) == Int64(section.rawValue) * 10) }
    }

    @Test("Who a user is and which watchlists there are stands on every page")
    func frame() {
        for noun in [ChangedNoun.user, .watchlist] { #expect(noun.sections == Set(Section.allCases)) }
    }

    @Test(
        "A change reaches every section that shows it, and no more",
        arguments: [
            // Numbers and states stand on cards everywhere and as evidence; an ideaboard's name also on trend pages.
            (.trend, [.dashboard, .trendLists, .trendPages, .ideaboards, .library]),
            (.ideaboard, [.dashboard, .trendPages, .ideaboards, .library]),
            (.attachment, [.dashboard, .trendLists, .trendPages, .ideaboards, .library]),
        ] as [(ChangedNoun, Set<Section>)])
    func reach(_ noun: ChangedNoun, _ sections: Set<Section>) {
        #expect(noun.sections == sections)
        #expect(noun.sections.isDisjoint(with: [.frame, .downloads, .settings]))
    }
}
