import Core
import Templates

extension SiteRenderer {
    package func renderPublicPages(to sink: inout some PageTaking) throws {
        let (templates, frame) = (sources.templates, sources.publicFrame)
        func emit<Page: AddressedPage>(_ page: Page, _ template: Template<Page>) throws {
            var bytes: [UInt8] = []
            template.render(page, into: &bytes)
            try sink.emit(page.route.path, bytes)
        }
        if let content = sources.library.page(.top, "landing") {
            try emit(
                LandingPage(frame: frame, content: content, prose: sources.prose(content.bodyMarkdown)),
                templates.landing)
        }
        if let content = sources.library.page(.top, "pricing") {
            let plans = sources.library.plans.map { ($0, sources.prose($0.body)) }
            try emit(
                PricingPage(frame: frame, content: content, prose: sources.prose(content.bodyMarkdown), plans: plans),
                templates.pricing)
        }
        try emit(HelpPage(frame: frame, pages: sources.library.pages), templates.help)
        for content in sources.library.pages {
            let prose = sources.prose(content.bodyMarkdown)
            guard let page = ArticlePage(frame: frame, content: content, prose: prose, among: sources.library.pages)
            else { continue }
            try emit(page, templates.article)
        }
        try emit(SignInPage(frame: frame, issuer: sources.issuerName), templates.signIn)
        try emit(SignUpPage(frame: frame, isOpen: sources.signUpIsOpen), templates.signUp)
        let pages = [FailurePage.notFound(frame: frame), .offline(frame: frame), .mailSent(frame: frame)]
        for page in pages + (sources.sendsMail ? [] : [.noReset(frame: frame)]) { try emit(page, templates.failure) }
        if sources.sendsMail {
            try sink.emit(Route.reset.path, render(.account(.requestReset(email: ""), problems: [])))
        }
        try emit(Sitemap(origin: sources.origin, pages: sources.library.pages), templates.sitemap)
    }
}

extension SiteRenderer: PageRendering {
    package func render(_ answer: PageAnswer) throws -> [UInt8] {
        let (templates, frame) = (sources.templates, sources.publicFrame)
        var bytes: [UInt8] = []
        switch answer {
        case .signIn(let email, let next, let problems):
            let issuer = sources.issuerName
            templates.signIn.render(
                SignInPage(frame: frame, email: email, next: next, issuer: issuer, problems: problems), into: &bytes)
        case .signUp(let email, let name, let problems, let needsCode):
            var page = SignUpPage(frame: frame, isOpen: true, email: email, name: name, problems: problems)
            if needsCode { page.askForCode(problems) }
            templates.signUp.render(page, into: &bytes)
        case .account(let form, let problems):
            templates.accountForm.render(AccountFormPage(frame: frame, form, problems: problems), into: &bytes)
        case .overview(let overview, let owner):
            let frame = sources.frame(for: owner.user, owner.watchlists)
            templates.account.render(
                AccountPage(frame: frame, user: owner.user, overview: overview), into: &bytes)
        case .farewell(let job, let status):
            templates.failure.render(.farewell(frame: frame, job: job, status: status), into: &bytes)
        case .newToken(let name, let text):
            templates.newToken.render(NewTokenPage(frame: frame, name: name, text: text), into: &bytes)
        case .watchlist(let form):
            let frame = sources.frame(for: form.owner.user, form.owner.watchlists)
            templates.watchlistEditor.render(WatchlistEditorPage(frame: frame, form: form), into: &bytes)
        case .failure(let status, let title, let message, let requestID):
            let page = FailurePage.failure(
                frame: frame, status: status, title: title, message: message, requestID: requestID)
            templates.failure.render(page, into: &bytes)
        case .board(let answer, let owner):
            render(answer, for: owner, into: &bytes)
        case .library(let answer, let owner):
            render(answer, for: owner, into: &bytes)
        }
        return bytes
    }
}
