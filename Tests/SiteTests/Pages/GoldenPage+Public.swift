import Core
import Site
import Templates

extension GoldenPage {
    func publicText(_ templates: PageTemplates) throws -> String {
        let frame = PublicPageFrame(assets: PageFixture.assets, legal: [try PageFixture.article("privacy", .legal)])
        let prose = SafeHTML(trusted: "<h2>Why</h2>\n<p>Because.</p>\n")
        let help = [try PageFixture.article("scores", order: 2), try PageFixture.article("watchlists", order: 1)]
        switch self {
        case .landing:
            let page = LandingPage(frame: frame, content: try PageFixture.article("landing", .top), prose: prose)
            return templates.landing.text(page)
        case .pricing:
            let content = try PageFixture.article("pricing", .top)
            let plans = [(try PageFixture.plan(), prose)]
            return templates.pricing.text(PricingPage(frame: frame, content: content, prose: prose, plans: plans))
        case .help: return templates.help.text(HelpPage(frame: frame, pages: help))
        case .article:
            return ArticlePage(frame: frame, content: help[0], prose: prose, among: help).map(templates.article.text)
                ?? ""
        case .watchlist: return templates.feed.text(try feed())
        case .sitemap: return templates.sitemap.text(Sitemap(origin: "https://kapture.example", pages: help))
        default: return try formText(templates, frame)
        }
    }

    private func formText(_ templates: PageTemplates, _ frame: PublicPageFrame) throws -> String {
        let faulty = [
            ValidationError(field: "email", rule: "must be an address such as name@example.com"),
            ValidationError(field: "", rule: "Address and password do not fit together."),
        ]
        switch self {
        case .signIn:
            return templates.signIn.text(SignInPage(frame: frame, next: "/trends/?a=1&b", issuer: "Acme & Co"))
        case .signInProblems:
            return templates.signIn.text(SignInPage(frame: frame, email: "\"><b>", problems: faulty))
        case .signUp: return templates.signUp.text(SignUpPage(frame: frame, isOpen: true))
        case .signUpClosed: return templates.signUp.text(SignUpPage(frame: frame, isOpen: false))
        case .accountForm:
            return templates.accountForm.text(AccountFormPage(frame: frame, .newPassword(token: "t0ken")))
        case .accountFormProblems:
            let form = AccountForm.token(name: "\"><b>", scopes: ["trends:read"])
            let problem = ValidationError(field: "name", rule: "must not be empty")
            return templates.accountForm.text(AccountFormPage(frame: frame, form, problems: [problem]))
        case .pictureProblem:
            let problem = ValidationError(field: "picture", rule: "must be a PNG, JPEG or WebP picture")
            return templates.accountForm.text(AccountFormPage(frame: frame, .picture, problems: [problem]))
        case .newToken:
            return templates.newToken.text(NewTokenPage(frame: frame, name: "<script>", text: "kap_secret"))
        case .mailSent: return templates.failure.text(.mailSent(frame: frame))
        case .farewell:
            return templates.failure.text(.farewell(frame: frame, job: PageFixture.id(7), status: .processing))
        case .notFound: return templates.failure.text(.notFound(frame: frame))
        case .offline: return templates.failure.text(.offline(frame: frame))
        default:
            return templates.failure.text(
                .failure(frame: frame, status: 500, title: "Broken", message: "Try again.", requestID: "r-1"))
        }
    }

    private func feed() throws -> WatchlistFeed {
        var post = PageFixture.post(2)
        post.title = "Cats & <dogs> \u{1}"
        return WatchlistFeed(
            origin: "https://kapture.example", route: .feed(token: "token", PageFixture.music.id),
            watchlist: PageFixture.music,
            cards: try [PageFixture.trend(1), PageFixture.trend(2, post: post)].map(PageFixture.card))
    }
}
