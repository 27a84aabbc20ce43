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
