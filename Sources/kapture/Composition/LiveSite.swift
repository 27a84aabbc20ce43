import API
import Core
import Foundation
import Logging
import ServiceLifecycle
import Site
import Synchronization

/// The site that `serve` answers from; replaced as a whole when templates change.
final class LiveSite: SiteReading, PageRendering, MarkdownRendering, MailRendering, Publishing {
    typealias Inner = SiteServer<DiskFileSystem, SiteRenderer>

    private struct Parts {
        let server: Inner
        let renderer: SiteRenderer
        let mails: MailWriter

        init(_ house: Installation) {
            server = Inner(publisher: house.publisher, logger: house.logger)
            (renderer, mails) = (house.renderer, house.mails)
        }
    }

    private let current: Mutex<Parts>

    init(house: Installation) {
        current = Mutex(Parts(house))
    }

    /// Answers from the sites of another epoch from now on.
    func replace(with house: Installation) {
        let fresh = Parts(house)
        current.withLock { $0 = fresh }
    }

    private var server: Inner { current.withLock { $0.server } }

    func page(_ address: String, of site: SiteName) async throws -> SitePage? {
        try await server.page(address, of: site)
    }

    func pageInMemory(_ address: String, of site: SiteName) -> SitePage? {
        server.pageInMemory(address, of: site)
    }

    func publish(_ change: Change) async throws {
        try await server.publish(change)
    }

    func html(ofMarkdown text: String) throws -> String {
        try current.withLock { $0.renderer }.html(ofMarkdown: text)
    }

    func mail(_ mail: AccountMail, to recipient: String) throws -> Mail {
        try current.withLock { $0.mails }.mail(mail, to: recipient)
    }

    func render(_ answer: PageAnswer) throws -> [UInt8] {
        try current.withLock { $0.renderer }.render(answer)
    }
}

/// `serve --watch`: looks for changed templates and content twice a second and makes every page anew.
struct TemplateWatch: Service {
    let house: Installation
    let site: LiveSite
    let server: KaptureServer

    func run() async throws {
        var epoch = house.publisher.folders.epoch
        var complaint: String?
        for await _ in AsyncTimerSequence(every: .milliseconds(500)).cancelOnGracefulShutdown() {
            do {
                guard try house.currentEpoch() != epoch else { continue }
                let fresh = try house.reloaded()
                _ = try fresh.publisher.publish(.publicPages)
                // The fresh pages name the fresh assets; the old ones stay among them.
                server.replace(assets: fresh.assets)
                site.replace(with: fresh)
                (epoch, complaint) = (fresh.publisher.folders.epoch, nil)
                house.logger.notice("templates reloaded")
            } catch {
                guard complaint != "\(error)" else { continue }
                complaint = "\(error)"
                house.logger.error("templates not reloaded: \(error)")
            }
        }
    }
}

/// A tick every so often until the task is cancelled.
struct AsyncTimerSequence: AsyncSequence, Sendable {
    let every: Duration

    struct AsyncIterator: AsyncIteratorProtocol {
        let every: Duration

        mutating func next() async -> Void? {
            try? await Task.sleep(for: every)
            return Task.isCancelled ? nil : ()
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(every: every) }
}
