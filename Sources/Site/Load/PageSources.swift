import Content
import Core
import Markdown
import Templates

/// Everything pages are made from besides a user's own data: read at start, the same for every site.
package struct PageSources: Sendable {
    /// How much of a user's data becomes files.
    package struct Limits: Sendable {
        /// The newest so many trends stand in the lists.
        package var listedTrends = 1000
        /// The newest so many trends, and every saved one, have a page that is a file.
        package var trendFiles = 1000
        /// Lists of so many trends or more are kept in memory between publishes; smaller ones load faster than that.
        package var cachedFrom = 100

        package init() {}
    }

    let templates: PageTemplates
    let library: Library
    let assets: AssetAddresses
    let markdown = MarkdownRenderer()
    /// The public address without a path.
    let origin: String
    /// One sentence above every private page, such as that the data is a demonstration.
    let notice: String?
    let signUpIsOpen: Bool
    let sendsMail: Bool
    /// What the sign-in page calls those who can sign people in as well.
    let issuerName: String?
    let limits: Limits
    /// The feed token of a user's watchlist under a feed version.
    let feedToken: FeedTokens

    package typealias FeedTokens = @Sendable (UserID, WatchlistID, _ version: Int64) -> String

    package init(
        templates: PageTemplates, library: Library, assets: AssetAddresses, settings: PageSettings,
        feedToken: @escaping FeedTokens
    ) {
        (self.templates, self.library, self.assets) = (templates, library, assets)
        (origin, notice, signUpIsOpen) = (settings.origin, settings.notice, settings.signUpIsOpen)
        (sendsMail, issuerName) = (settings.sendsMail, settings.issuerName)
        (limits, self.feedToken) = (settings.limits, feedToken)
    }

    var publicFrame: PublicPageFrame {
        PublicPageFrame(assets: assets, legal: library.pages.filter { $0.group == .legal })
    }

    /// People's Markdown as HTML; text that cannot be rendered is shown as it is, with the reason.
    func prose(_ text: String) -> SafeHTML {
        do {
            return SafeHTML(trusted: try markdown.render(text).bytes)
        } catch {
            return SafeHTML(trusted: "<p>This text cannot be shown: \(error)</p>")
        }
    }
}

/// What an operator decides about pages.
package struct PageSettings: Sendable {
    package var origin: String
    package var notice: String?
    package var signUpIsOpen: Bool
    package var sendsMail = false
    package var issuerName: String?
    package var limits = PageSources.Limits()

    package init(origin: String, notice: String?, signUpIsOpen: Bool) {
        (self.origin, self.notice, self.signUpIsOpen) = (origin, notice, signUpIsOpen)
    }
}

extension PageSources {
    /// What stands around every page of this user.
    func frame(for user: User, _ watchlists: [Watchlist]) -> SitePageFrame {
        SitePageFrame(
            user: user, watchlists: watchlists, assets: assets, templates: templates.frame, notice: notice)
    }
}
