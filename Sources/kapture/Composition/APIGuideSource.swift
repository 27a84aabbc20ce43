import API
import Core
import Logging
import Store

/// Where `/help/api/` comes from: the routes of a server that is described and never runs.
struct APIGuideSource {
    let settings: Settings
    let store: Store
    let plans: PlanBook

    func page() throws -> ContentPage {
        var server = APISettings(publicURL: settings.publicURL, serverKey: store.serverKey)
        server.rateLimit = settings.operation.rateLimit
        let nowhere = Nowhere()
        var ports = KaptureServer.Ports(store: store, sites: nowhere, rendering: nowhere, publishing: nowhere)
        ports.quotas = QuotaLedger(store, plans: plans)
        return try KaptureServer(
            server, ports: ports, assets: AssetStore(files: [:]), logger: Logs.logger(level: settings.logLevel)
        ).guide()
    }
}

/// Pages that nobody asks for: the server of `APIGuideSource` takes no request.
private struct Nowhere: SiteReading, PageRendering, MarkdownRendering, Publishing {
    func page(_ address: String, of site: SiteName) async throws -> SitePage? { nil }
    func render(_ answer: PageAnswer) throws -> [UInt8] { [] }
    func html(ofMarkdown text: String) throws -> String { "" }
    func publish(_ change: Change) async throws {}
}
