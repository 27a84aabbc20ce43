import Core
import Logging
import Site
import Store
import TestSupport

@testable import API

/// A whole server over one real store, with real pages: nothing in it is a stand-in.
struct RealHouse {
    let fixture: StoreFixture
    let clock = ManualClock()
    let site: RealPages
    let server: KaptureServer
    let hasher = PasswordHasher(parameters: .cheap)

    var store: Store { fixture.store }
    var now: Instant { clock.read() }

    init(logger: Logger = Harness.quiet) async throws {
        clock.advance(seconds: (StoreFixture.start.milliseconds - ManualClock.start.milliseconds) / 1000)
        fixture = try await StoreFixture()
        site = try RealPages(of: fixture.store, in: fixture.folder.path)
        var settings = APISettings(
            publicURL: try PublicAddress(Harness.origin), serverKey: fixture.store.serverKey)
        (settings.now, settings.signUp, settings.rateLimit) = (clock.read, .open, nil)
        settings.sendsMail = true
        var ports = KaptureServer.Ports(store: fixture.store, sites: site, rendering: site, publishing: site)
        ports.quotas = QuotaLedger(fixture.store, plans: try .only(Harness.limits))
        var operations = KaptureServer.Operations()
        operations.activity = fixture.store
        server = KaptureServer(
            settings, ports: ports, assets: AssetStore(files: [:]), hasher: hasher, operations: operations,
            logger: logger)
    }
}

/// The product's own pages over a store, as `serve` has them.
final class RealPages: SiteReading, PageRendering, MarkdownRendering, Publishing {
    private let server: SiteServer<DiskFileSystem, SiteRenderer>
    private let renderer: SiteRenderer

    init(of store: Store, in folder: String) throws {
        let publisher = try RealSite.publisher(of: store, in: folder, DiskFileSystem(), now: StoreFixture.start)
        _ = try publisher.publish(.publicPages)
        (server, renderer) = (SiteServer(publisher: publisher, logger: Harness.quiet), try RealSite.renderer())
    }

    func page(_ address: String, of site: SiteName) async throws -> SitePage? {
        try await server.page(address, of: site)
    }

    func pageInMemory(_ address: String, of site: SiteName) -> SitePage? { server.pageInMemory(address, of: site) }
    func publish(_ change: Change) async throws { try await server.publish(change) }
    func render(_ answer: PageAnswer) throws -> [UInt8] { try renderer.render(answer) }
    func html(ofMarkdown text: String) throws -> String { try renderer.html(ofMarkdown: text) }
}
