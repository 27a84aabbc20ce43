import API
import Content
import Core
import Foundation
import Logging
import Site
import Store
import Templates

/// One installation with everything opened and bound: what every command works on.
struct Installation: Sendable {
    typealias Publisher = SitePublisher<DiskFileSystem, SiteRenderer>

    let settings: Settings
    let folder: DataFolder
    let store: Store
    let renderer: SiteRenderer
    let publisher: Publisher
    let upkeep: SiteUpkeep<DiskFileSystem>
    let assets: AssetStore
    let plans: PlanBook
    let mails: MailWriter
    let logger: Logger

    /// Reads the settings, then opens the database and binds every template. Each thing that is wrong is one error.
    static func open(_ arguments: Settings.Arguments) async throws -> Installation {
        try open(try await Settings.load(arguments))
    }

    static func open(_ settings: Settings) throws -> Installation {
        try Installation(settings: settings)
    }

    private init(settings: Settings) throws {
        let folder = try DataFolder(preparing: settings.dataFolder)
        try self.init(settings: settings, folder: folder, store: try Store(settings.database))
    }

    /// Binds templates, content and assets anew over the same database.
    func reloaded() throws -> Installation {
        try Installation(settings: settings, folder: folder, store: store)
    }

    /// The epoch that pages made now belong to.
    func currentEpoch() throws -> String {
        try Epoch.name(
            program: Epoch.programIdentity(), root: settings.root, settings: settings.shownOnPages,
            databaseID: store.databaseID)
    }

    private init(settings: Settings, folder: DataFolder, store: Store) throws {
        (self.settings, self.folder, self.store) = (settings, folder, store)
        logger = Logs.logger(level: settings.logLevel)
        assets = try AssetFolder.load(
            settings.root + "/Public", archive: folder.assets, isSecure: settings.publicURL.isSecure,
            now: Clock.now())
        let templateLibrary = try TemplateLibrary(folder: settings.root + "/Templates")
        let templates = try PageTemplates(library: templateLibrary)
        let addresses = assets.addresses
        let serverKey = store.serverKey
        var pages = PageSettings(
            origin: settings.publicURL.origin, notice: settings.notice, signUpIsOpen: settings.signUp == .open)
        (pages.limits, pages.issuerName) = (settings.limits, settings.accounts.buttonName)
        pages.sendsMail = settings.accounts.mail != nil
        mails = MailWriter(templates: try MailTemplates(library: templateLibrary), origin: settings.publicURL.origin)
        let library = try Library(folder: settings.root + "/Content")
        guard let plans = PlanBook(library.plans) else {
            throw ValidationError(field: "Content/Plans", rule: "must hold at least one plan")
        }
        self.plans = plans
        let guide = try APIGuideSource(settings: settings, store: store, plans: plans).page()
        let sources = PageSources(
            templates: templates, library: library.adding(guide),
            assets: AssetAddresses { addresses[$0] ?? "/assets/\($0)" }, settings: pages,
            feedToken: { FeedToken(key: serverKey, user: $0, watchlist: $1, version: $2).text })
        renderer = SiteRenderer(sources: sources)
        let epoch = try Epoch.name(
            program: Epoch.programIdentity(), root: settings.root, settings: settings.shownOnPages,
            databaseID: store.databaseID)
        let folders = SiteFolders(root: folder.sites, epoch: epoch)
        try folders.prepare(DiskFileSystem())
        upkeep = SiteUpkeep(folders: folders, files: DiskFileSystem(), keys: store, now: Clock.now)
        try upkeep.markUsed()
        publisher = SitePublisher(
            folders: folders, content: store, rendering: renderer, files: DiskFileSystem(), now: Clock.now)
    }

    /// The user with this id or e-mail address.
    func user(_ name: String) async throws -> UserID {
        if let id = UserID(name), try await store.user(id) != nil { return id }
        guard let found = try await store.user(email: name.lowercased()) else {
            throw ValidationError(field: "--user", rule: "must be the id or e-mail address of a user, not \(name)")
        }
        return found.id
    }
}

extension Settings {
    /// Settings that stand in pages: a change of one makes every page anew.
    var shownOnPages: [String] {
        [
            publicURL.origin, notice ?? "", signUp.rawValue, accounts.buttonName ?? "", "\(accounts.mail != nil)",
            "\(limits.listedTrends)", "\(limits.trendFiles)", "\(operation.rateLimit?.count ?? 0)",
        ]
    }
}
