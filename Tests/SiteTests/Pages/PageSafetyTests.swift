import Core
import Foundation
import Site
import TestSupport
import Testing

@Suite("Page safety")
struct PageSafetyTests {
    private static let html = GoldenPage.pages

    @Test("A page carries no inline style, no inline script and no address of another origin", arguments: html)
    func policy(_ page: GoldenPage) throws {
        let text = try page.text()

        #expect(text.firstMatch(of: /<[^>]*\sstyle=/) == nil)
        #expect(text.firstMatch(of: /<[^>]*\son[a-z]+=/) == nil)
        #expect(text.firstMatch(of: /<style|javascript:|<iframe/) == nil)
        #expect(text.matches(of: /<script/).count == page.scripts)
        #expect(text.firstMatch(of: /(?:src|srcset|poster|action)="(?!\/[^\/])/) == nil)
        #expect(text.firstMatch(of: /<(?:link|use|img)[^>]*"https?:/) == nil)
    }

    /// Addresses without ids, and with every id written as "ID".
    private func known() throws -> Set<String> {
        let plain: [Route] = [
            .landing, .pricing, .helpIndex, .signIn, .signUp, .dashboard, .trends(page: 1), .ideaboards(page: 1),
            .downloads, .library(page: 1), .librarySearch, .search, .settings, .account, .manifest, .reset,
        ]
        let pages = try ["help", "legal"].flatMap { group in
            try FileManager.default.contentsOfDirectory(atPath: "\(RepositoryRoot.path)/Content/Pages/\(group)").map {
                "/\(group)/\($0.dropLast(3))/"
            }
        }
        let ids = [
            "/trends/watchlists/new/", "/trends/watchlists/ID/edit/", "/trends/ID/", "/trends/watchlists/ID/",
            "/ideaboards/ID/", "/feeds/token/ID.xml", "/trends/#find", "/api/auth/oidc?next=/trends/%3Fa%3D1%26b",
            "/ideaboards/ID/history/", "/ideaboards/ID/attach/", "/ideaboards/attach/?trend=ID",
            "/library/collections/ID/", "/settings/account/#deletion", "/farewell/ID/", "/api/openapi.json",
            "/ideaboards/draft/", "/ideaboards/published/", "/ideaboards/archived/",
        ]
        return Set(plain.map(\.path) + pages + ids + AssetAddresses.names.map { "/assets/\($0)" })
    }

    @Test("Every link of a page leads to an address that there is", arguments: html)
    func links(_ page: GoldenPage) throws {
        let links = try page.text().matches(of: /\shref="([^"]*)"/).map { String($0.1) }
        let own = links.filter { !$0.hasPrefix("https://www.youtube.com/") && !$0.hasPrefix("#") }
        let addresses = own.map {
            $0.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID").replacing(/\.svg#[a-z]+$/, with: ".svg")
                .replacing(/\?version=\d+$/, with: "").replacing(/\?q=[0-9a-zA-Z%.-]*(&(amp;)?page=\d+)?$/, with: "")
        }

        let unknown = Set(addresses).subtracting(try known())

        #expect(!own.isEmpty && unknown.isEmpty, "\(unknown.sorted())")
    }

    @Test("Every icon that a page names is on the icon sheet", arguments: html)
    func icons(_ page: GoldenPage) throws {
        let sheet = try String(
            decoding: Data(contentsOf: URL(fileURLWithPath: RepositoryRoot.path + "/Public/icons.svg")), as: UTF8.self)
        for icon in try page.text().matches(of: /icons\.svg#([a-z]+)"/) {
            #expect(sheet.contains("<symbol id=\"\(icon.1)\""))
        }
    }

    @Test("What strangers wrote arrives as text")
    func escaping() throws {
        var post = PageFixture.post(1)
        post.title = "<script>alert(1)</script>"
        post.author = Author(platform: .web, platformAuthorID: "x", name: "\"><img src=x>", url: "javascript:alert(1)")
        post.url = "javascript:alert(1)"
        post.text = "<b>bold</b>"
        post.hashtags = ["\" onclick=\"x"]
        let trend = PageFixture.trend(1, post: post)

        let text = try PageFixture.templates().trend.text(
            TrendPage(frame: PageFixture.frame(), trend: trend, boards: []))

        #expect(!text.contains("<script>alert") && !text.contains("<img") && !text.contains("<b>bold"))
        #expect(!text.contains("javascript:") && !text.contains("\" onclick"))
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    }

    @Test("Private pages ask search engines to stay out, public ones do not", arguments: html)
    func robots(_ page: GoldenPage) throws {
        #expect(try page.text().contains("content=\"noindex\"") == page.isPrivate)
    }
}

extension GoldenPage {
    /// The shared page runs none at all: a stranger reads it in a sandbox. Private pages have what keeps them in step and
    /// what lists need, or the editor of a board in its place; lists have filters besides, the library its search, and the
    /// account its own.
    fileprivate var scripts: Int {
        switch self {
        case .sharedBoard: 0
        case .collectionForm: 2
        case .library, .libraryEmpty, .collection, .collectionEmpty, .searchResults, .searchProblem: 4
        case .trends, .trendsEmpty, .ideaboards: 4
        case .account, .accountPicture: 4
        default: isPrivate ? 3 : 1
        }
    }
}
