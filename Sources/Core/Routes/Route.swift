/// Every address of Kapture, spelled in one place for pages, API and tests.
package enum Route: Sendable, Hashable {
    // Public pages
    case landing, pricing, helpIndex, signIn, signUp, notFound, failure, offline
    /// Asks for a new password; tells that a mail is on its way.
    case reset, mailSent
    /// What a mail's link leads to; the token is what authorises its reader.
    case resetLink(token: String)
    case confirmLink(token: String)
    /// Tells how far the removal of an account is.
    case farewell(JobID)
    case help(slug: String)
    case legal(slug: String)

    // Private pages, one site per user
    case dashboard, downloads, settings
    /// Where users change their account: rendered when it is asked for.
    case account
    /// Lists are counted from page 1.
    case trends(page: Int)
    case watchlist(WatchlistID, page: Int)
    case trend(TrendID)
    /// The editor of a watchlist, or of one that is not saved yet: rendered when it is asked for.
    case watchlistEditor(WatchlistID?)
    case ideaboards(page: Int)
    case ideaboard(IdeaboardID)
    /// The list of the boards with one status.
    case ideaboardsWith(IdeaboardStatus, page: Int)
    case ideaboardHistory(IdeaboardID)
    /// Where trends are chosen for a board, and a board for a trend.
    case attachTrends(IdeaboardID)
    case attachTrend
    case library(page: Int)
    /// What a collection of the library holds.
    case collection(CollectionID, page: Int)
    /// What a search of the library, or of everything, finds: rendered when it is asked for.
    case librarySearch, search

    /// A user's own picture, which only they see: named by its content, so that it never changes.
    case picture(PictureDigest)
    /// A watchlist's Atom feed; the token is what authorises its reader.
    case feed(token: String, WatchlistID)
    /// An ideaboard that its owner shares; the slug is what authorises its reader.
    case shared(slug: String)

    // Answers and files that are no pages
    case status, sitemap, robots, manifest, serviceWorker
    /// A fingerprinted file of `Public/`.
    case asset(name: String)
    case signInForm, signUpForm, signOutForm

    /// The path a browser asks for: absolute, and ending in "/" where the answer is a page.
    package var path: String {
        switch self {
        case .landing: "/"
        case .pricing: "/pricing/"
        case .helpIndex: "/help/"
        case .help(let slug): "/help/\(slug)/"
        case .legal(let slug): "/legal/\(slug)/"
        case .signIn: "/sign-in/"
        case .signUp: "/sign-up/"
        case .reset: "/reset/"
        case .mailSent: "/mail-sent/"
        case .resetLink(let token): "/reset/\(token)/"
        case .confirmLink(let token): "/confirm/\(token)/"
        case .farewell(let job): "/farewell/\(job)/"
        case .notFound: "/404.html"
        case .failure: "/error.html"
        case .offline: "/offline/"
        default: privatePath ?? otherPath
        }
    }

    /// Whether only the signed-in owner may see what is there.
    package var isPrivate: Bool { privatePath != nil }

    private var privatePath: String? {
        switch self {
        case .dashboard: "/dashboard/"
        case .downloads: "/downloads/"
        case .settings: "/settings/"
        case .account: "/settings/account/"
        case .trends(let page): Route.paged("/trends/", page)
        case .watchlist(let id, let page): Route.paged("/trends/watchlists/\(id)/", page)
        case .trend(let id): "/trends/\(id)/"
        case .watchlistEditor(let id?): "/trends/watchlists/\(id)/edit/"
        case .watchlistEditor(nil): "/trends/watchlists/new/"
        case .ideaboards(let page): Route.paged("/ideaboards/", page)
        case .ideaboard(let id): "/ideaboards/\(id)/"
        case .ideaboardsWith(let status, let page): Route.paged("/ideaboards/\(status.rawValue)/", page)
        case .ideaboardHistory(let id): "/ideaboards/\(id)/history/"
        case .attachTrends(let id): "/ideaboards/\(id)/attach/"
        case .attachTrend: "/ideaboards/attach/"
        case .library(let page): Route.paged("/library/", page)
        case .collection(let id, let page): Route.paged("/library/collections/\(id)/", page)
        case .librarySearch: "/library/search/"
        case .search: "/search/"
        default: nil
        }
    }

    private var otherPath: String {
        switch self {
        case .feed(let token, let watchlist): "/feeds/\(token)/\(watchlist).xml"
        case .shared(let slug): "/shared/\(slug)/"
        case .picture(let digest): "/picture/\(digest.text)"
        case .status: "/status.json"
        case .sitemap: "/sitemap.xml"
        case .robots: "/robots.txt"
        case .manifest: "/manifest.webmanifest"
        case .serviceWorker: "/sw.js"
        case .asset(let name): "/assets/\(name)"
        case .signInForm: "/api/auth/sign-in"
        case .signUpForm: "/api/auth/sign-up"
        case .signOutForm: "/api/auth/sign-out"
        default: "/"
        }
    }

    private static func paged(_ list: String, _ page: Int) -> String {
        page > 1 ? "\(list)page/\(page)/" : list
    }
}
