import Core
import TestSupport
import Testing

@testable import Site

@Suite("The page of an account")
struct AccountPageTests {
    static let chrome =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36"

    static func overview(_ text: String = "backup", hasPassword: Bool = true) -> AccountOverview {
        let sessions = [1, 2].map { number in
            Session(
                id: PageFixture.id(number), userID: PageFixture.user.id, createdAt: PageFixture.start,
                expiresAt: PageFixture.start.adding(hours: 9), userAgent: number == 1 ? chrome : text)
        }
        let token = APIToken(
            id: PageFixture.id(3), userID: PageFixture.user.id, name: text, scopes: [.trendsRead, .accountRead],
            times: (PageFixture.start, nil, PageFixture.start.adding(hours: 24)))
        return AccountOverview(
            hasPassword: hasPassword, sessions: sessions, current: PageFixture.id(1), tokens: [token])
    }

    private func page(_ overview: AccountOverview) throws -> String {
        let page = AccountPage(frame: PageFixture.frame(), user: PageFixture.user, overview: overview)
        return try PageFixture.templates().account.text(page)
    }

    @Test("ends every session but the one that looks")
    func sessions() throws {
        let text = try page(Self.overview())
        #expect(text.matches(of: #/action="/api/sessions/[0-9a-f-]+/delete"/#).count == 1)
        #expect(text.contains(#"action="\#(APIRoute.deleteSession(PageFixture.id(2)).path)""#))
        #expect(text.contains("Chrome on Linux"))
    }

    @Test("asks for a password where there is one", arguments: [true, false])
    func password(_ hasPassword: Bool) throws {
        let text = try page(Self.overview(hasPassword: hasPassword))
        #expect(text.matches(of: #/name="current_password"/#).count == (hasPassword ? 3 : 0))
    }

    private static let drawn = #"<span class="avatar" aria-hidden="true">MK</span>"#

    @Test("shows initials and a form that takes a file where there is no picture, and nothing to remove")
    func initials() throws {
        let text = try page(Self.overview())
        let form = try #require(text.firstMatch(of: #/<form [^>]*enctype="multipart\/form-data">[\s\S]*?<\/form>/#))
            .output
        #expect(form.contains(#"action="\#(APIRoute.picture.path)""#))
        #expect(form.contains(#"name="picture" type="file" accept="image/png,image/jpeg,image/webp" required"#))
        #expect(form.contains(Picture.rule) && form.contains(#"name="next" value="/settings/account/""#))
        #expect(text.ranges(of: Self.drawn).count == 2, "in the top bar and above the form")
        #expect(!text.contains(APIRoute.deletePicture.path) && !text.contains("<img"))
    }

    @Test("shows the picture in the top bar and above the same form, and takes it back")
    func picture() throws {
        let user = PageFixture.pictured
        let page = AccountPage(frame: PageFixture.frame(of: user), user: user, overview: Self.overview())
        let text = try PageFixture.templates().account.text(page)
        let source = #"<img class="avatar" src="/picture/000102030405060708090a0b0c0d0e0f""#
        #expect(text.contains(source + #" width="30" height="30" alt="">"#))
        #expect(text.contains(source + #" width="72" height="72" alt="Your picture">"#))
        #expect(text.matches(of: #/<img /#).count == 2 && !text.contains(Self.drawn))
        #expect(text.contains(#"action="\#(APIRoute.picture.path)" enctype="multipart/form-data""#))
        #expect(text.contains(#"<form method="post" action="\#(APIRoute.deletePicture.path)">"#))
    }

    @Test("has the picture in the top bar of every other page, too")
    func topbar() throws {
        let frame = PageFixture.frame(of: PageFixture.pictured)
        let text = try PageFixture.templates().downloads.text(DownloadsPage(frame: frame))
        #expect(text.matches(of: #/<img class="avatar" src="\/picture\/[0-9a-f]{32}"/#).count == 1)
        #expect(!text.contains(Self.drawn))
    }

    @Test(
        "calls browsers what people call them",
        arguments: [
            (AccountPageTests.chrome, "Chrome on Linux"), (AccountPageTests.chrome + " Edg/140", "Edge on Linux"),
            ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari on iPhone"),
            ("curl/8.0", "curl/8.0"), (nil, "A program without a name"), ("\u{200B}", "A program without a name"),
        ] as [(String?, String)])
    func names(_ userAgent: String?, name: String) {
        #expect(BrowserName.of(userAgent) == name)
    }
}
