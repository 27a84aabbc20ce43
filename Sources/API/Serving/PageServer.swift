import Core
import HTTPTypes
import Hummingbird
import NIOPosix
import Synchronization

/// Answers for pages and assets: finds whose site it is, reads the page there, and picks the form the browser takes.
///
/// `answerNow` is the short way, on the event loop, for what is in memory; `outcome` is the whole way. Where both
/// answer, they answer alike.
final class PageServer: Sendable {
    enum Outcome {
        case answer(PreparedAnswer)
        /// Something made for this request only.
        case response(Response)
        case signInNeeded
        case signedInAlready
        /// The page is at the address with a slash at the end.
        case slashMissing
        case missing
    }

    let sessions: Sessions
    private let sites: any SiteReading
    private let assets: Mutex<AssetStore>
    private let hosts: HostList
    private let security: SecurityHeaders
    private let usesAccelRedirect: Bool
    private let cache = ContentCache(capacity: 64 << 20)

    init(_ settings: APISettings, sites: any SiteReading, sessions: Sessions, assets: AssetStore) {
        (self.sites, self.sessions) = (sites, sessions)
        self.assets = Mutex(assets)
        hosts = HostList(settings.publicURL)
        security = SecurityHeaders(isSecure: settings.publicURL.isSecure)
        usesAccelRedirect = settings.accelRedirect
    }

    /// Serves these assets from now on.
    func replace(assets: AssetStore) {
        self.assets.withLock { $0 = assets }
    }

    private func asset(at address: String) -> PreparedContent? {
        assets.withLock { $0.content(at: address) }
    }

    // MARK: The short way

    /// The answer, if everything it needs is in memory; `nil` means: ask `outcome`.
    func answerNow(_ request: PageRequest) -> PreparedAnswer? {
        guard hosts.contains(request.host) else { return nil }
        switch SiteArea(path: request.path) {
        case .personal:
            guard let session = sessions.remembered(request.cookie) else { return nil }
            return pageNow(request, of: .user(session.userID), .personal)
        case .asset:
            return asset(at: request.path).flatMap { readyForm(of: $0, for: request) }
        case .everybody:
            if let content = asset(at: request.path) { return readyForm(of: content, for: request) }
            return pageNow(request, of: .publicPages, .everybody)
        case .door, .shared, .elsewhere:
            return nil
        }
    }

    private func pageNow(_ request: PageRequest, of site: SiteName, _ policy: CachePolicy) -> PreparedAnswer? {
        guard let page = sites.pageInMemory(request.path, of: site) else { return nil }
        guard let content = cache[key(page, policy)] else { return nil }
        return readyForm(of: content, for: request)
    }

    private func readyForm(of content: PreparedContent, for request: PageRequest) -> PreparedAnswer? {
        if let header = request.ifNoneMatch, EntityTag.matches(header, content.tag) { return content.notModified }
        if usesAccelRedirect, let accelerated = content.accelerated { return accelerated }
        guard AcceptEncoding.allowsGzip(request.acceptEncoding) else { return content.plain }
        return content.compressedIfReady
    }

    // MARK: The whole way

    func outcome(_ request: PageRequest) async throws -> Outcome {
        switch SiteArea(path: request.path) {
        case .personal:
            guard let session = try await sessions.session(request.cookie) else { return .signInNeeded }
            return try await page(request, of: .user(session.userID), .personal)
        case .door:
            if try await sessions.session(request.cookie) != nil { return .signedInAlready }
            return try await page(request, of: .publicPages, .personal)
        case .shared(let slug):
            return try await page(request, of: .board(slug: slug), .shared)
        case .asset:
            guard let content = asset(at: request.path) else { return .missing }
            return try await form(of: content, for: request)
        case .everybody:
            if let content = asset(at: request.path) { return try await form(of: content, for: request) }
            return try await page(request, of: .publicPages, .everybody)
        case .elsewhere:
            return .missing
        }
    }

    /// The page of an owner who proved his right by the address, such as a feed.
    func page(_ address: String, of site: SiteName, for request: PageRequest) async throws -> Outcome {
        guard let page = try await sites.page(address, of: site) else { return .missing }
        return try await form(of: prepared(page, .personal), for: request)
    }

    /// What the public site shows for what is not there.
    func missingPage() async throws -> SitePage? {
        try await sites.page(Route.notFound.path, of: .publicPages)
    }

    private func page(_ request: PageRequest, of site: SiteName, _ policy: CachePolicy) async throws -> Outcome {
        if let page = try await sites.page(request.path, of: site) {
            return try await form(of: prepared(page, policy), for: request)
        }
        guard Self.mayLackSlash(request.path) else { return .missing }
        return try await sites.page(request.path + "/", of: site) == nil ? .missing : .slashMissing
    }

    /// A private page without a file was made for this answer alone.
    private func prepared(_ page: SitePage, _ policy: CachePolicy) -> PreparedContent {
        let key = key(page, policy)
        let isKept = page.filePath != nil || policy != .personal
        if isKept, let content = cache[key] { return content }
        let content = PreparedContent(page, policy: policy, security: security)
        if isKept { cache.insert(content, for: key) }
        return content
    }

    private func key(_ page: SitePage, _ policy: CachePolicy) -> ContentCache.Key {
        ContentCache.Key(digest: page.digest, policy: policy, filePath: page.filePath)
    }

    private func form(of content: PreparedContent, for request: PageRequest) async throws -> Outcome {
        if let header = request.ifNoneMatch, EntityTag.matches(header, content.tag) {
            return .answer(content.notModified)
        }
        if let part = RangeResponder.response(
            content, range: request.range, ifRange: request.ifRange, isHead: request.isHead)
        {
            return .response(part)
        }
        if let answer = readyForm(of: content, for: request) { return .answer(answer) }
        return try await .answer(NIOThreadPool.singleton.runIfActive { content.compress() })
    }

    private static func mayLackSlash(_ path: String) -> Bool {
        guard !path.hasSuffix("/"), let last = path.split(separator: "/").last else { return false }
        return !last.contains(".")
    }
}
