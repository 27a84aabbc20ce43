import API
import ArgumentParser
import Core
import Foundation
import Hummingbird
import Logging
import Outbound
import ServiceLifecycle
import Site

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the pages and takes the writes.")

    @Option(help: "Address to listen on (KAPTURE_HOST).")
    var host: String?

    @Option(help: "Port to listen on, 0 for any free one (KAPTURE_PORT).")
    var port: Int?

    @Flag(help: "Reload templates, content and assets when they change.")
    var watch = false

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var arguments = installation.arguments
        (arguments.host, arguments.port) = (host, port)
        let house = try await Installation.open(arguments)
        try await Server(house: house, watches: watch).run { port in
            Terminal.write("Kapture listens on http://\(house.settings.host):\(port)")
        }
    }
}

/// The services of `serve`, in start order.
struct Server {
    let house: Installation
    var watches = false

    /// Runs until SIGTERM or SIGINT; `onRunning` is called with the port once it listens.
    func run(_ onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        Descriptors.raiseLimit()
        // Nothing is ready before the public pages are there.
        _ = try house.publisher.publish(.publicPages)
        let sites = LiveSite(house: house)
        var settings = APISettings(publicURL: house.settings.publicURL, serverKey: house.store.serverKey)
        (settings.address, settings.port) = (house.settings.host, house.settings.port)
        (settings.signUp, settings.accelRedirect) = (house.settings.signUp, house.settings.accelRedirect)
        (settings.setupCode, settings.issuer) = (try await setupCode(), house.settings.issuer)
        var ports = KaptureServer.Ports(store: house.store, sites: sites, rendering: sites, publishing: sites)
        ports.fetching = WebFetcher(CurlClient())
        let application = KaptureServer(settings, ports: ports, assets: house.assets, logger: house.logger)
            .makeApplication(onRunning: onRunning)
        var services: [any Service] = [application]
        if watches { services.append(TemplateWatch(house: house, site: sites)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: house.logger))
        try await group.run()
    }

    /// For whoever makes the first account from another machine; `nil` when there are accounts.
    private func setupCode() async throws -> String? {
        guard try await !house.store.hasUsers() else { return nil }
        let code = SetupCode.random()
        Terminal.note("There is no account yet. Create the first at \(house.settings.publicURL.origin)/sign-up/")
        Terminal.note("From another machine it needs this code: \(code)")
        return code
    }
}

/// File descriptors: a connection each.
enum Descriptors {
    /// Raises this process's limit to what the system allows it.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
