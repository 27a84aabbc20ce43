import Templates

/// Every page type bound to its template: a name that a template misspells is an error here, before anything is served.
package struct PageTemplates: Sendable {
    /// Drawn once a trend, for every list.
    package let card: Template<CardFace>
    /// Drawn once a site, for every page.
    package let frame: FrameTemplates
    package let dashboard: Template<DashboardPage>
    package let trends: Template<TrendsPage>
    package let trend: Template<TrendPage>
    package let ideaboards: Template<IdeaboardsPage>
    package let ideaboard: Template<IdeaboardPage>
    package let downloads: Template<DownloadsPage>
    package let library: Template<LibraryPage>
    package let settings: Template<SettingsPage>
    package let watchlistEditor: Template<WatchlistEditorPage>

    package let landing: Template<LandingPage>
    package let pricing: Template<PricingPage>
    package let help: Template<HelpPage>
    package let article: Template<ArticlePage>
    package let signIn: Template<SignInPage>
    package let signUp: Template<SignUpPage>
    package let failure: Template<FailurePage>
    package let account: Template<AccountPage>
    package let accountForm: Template<AccountFormPage>
    package let newToken: Template<NewTokenPage>

    package let boardEditing: Template<BoardEditingPage>
    package let boardConflict: Template<BoardConflictPage>
    package let boardHistory: Template<BoardHistoryPage>
    package let attach: Template<AttachPage>
    package let sharedBoard: Template<SharedBoardPage>
    package let collectionForm: Template<CollectionFormPage>

    package let feed: Template<WatchlistFeed>
    package let sitemap: Template<Sitemap>

    package init(library: TemplateLibrary) throws(TemplateFailure) {
        card = try library.bind("partials/card", to: CardFace.self)
        frame = try FrameTemplates(library: library)
        dashboard = try library.bind("pages/dashboard", to: DashboardPage.self)
        trends = try library.bind("pages/trends", to: TrendsPage.self)
        trend = try library.bind("pages/trend", to: TrendPage.self)
        ideaboards = try library.bind("pages/ideaboards", to: IdeaboardsPage.self)
        ideaboard = try library.bind("pages/ideaboard", to: IdeaboardPage.self)
        downloads = try library.bind("pages/downloads", to: DownloadsPage.self)
        self.library = try library.bind("pages/library", to: LibraryPage.self)
        settings = try library.bind("pages/settings", to: SettingsPage.self)
        watchlistEditor = try library.bind("pages/watchlist-editor", to: WatchlistEditorPage.self)
        landing = try library.bind("pages/landing", to: LandingPage.self)
        pricing = try library.bind("pages/pricing", to: PricingPage.self)
        help = try library.bind("pages/help", to: HelpPage.self)
        article = try library.bind("pages/article", to: ArticlePage.self)
        signIn = try library.bind("pages/sign-in", to: SignInPage.self)
        signUp = try library.bind("pages/sign-up", to: SignUpPage.self)
        failure = try library.bind("pages/failure", to: FailurePage.self)
        account = try library.bind("pages/account", to: AccountPage.self)
        accountForm = try library.bind("pages/account-form", to: AccountFormPage.self)
        newToken = try library.bind("pages/new-token", to: NewTokenPage.self)
        boardEditing = try library.bind("pages/board-editing", to: BoardEditingPage.self)
        boardConflict = try library.bind("pages/board-conflict", to: BoardConflictPage.self)
        boardHistory = try library.bind("pages/board-history", to: BoardHistoryPage.self)
        attach = try library.bind("pages/attach", to: AttachPage.self)
        sharedBoard = try library.bind("pages/shared-board", to: SharedBoardPage.self)
        collectionForm = try library.bind("pages/collection-form", to: CollectionFormPage.self)
        feed = try library.bind("feeds/watchlist.xml", to: WatchlistFeed.self)
        sitemap = try library.bind("feeds/sitemap.xml", to: Sitemap.self)
    }
}
