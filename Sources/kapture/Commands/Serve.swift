import API
import ArgumentParser
import Core
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Site
import Store

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the pages and takes the writes.")

    @Option(help: "Address to listen on (KAPTURE_HOST).")
    var host: String?

    @Option(help: "Port to listen on, 0 for any free one (KAPTURE_PORT).")
    var port: Int?

    @Flag(help: "Reload templates, content and assets when they change.")
    var watch = false

    @Flag(help: "Leave the jobs to `kapture work`; only this data folder's own are done here.")
    var noWork = false

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var arguments = installation.arguments
        (arguments.host, arguments.port) = (host, port)
        let settings = try await Settings.load(arguments)
        try await settings.place.check()  // Before a folder is made or anything is announced.
        let house = try Installation.open(settings)
        try await Server(house: house, watches: watch, works: !noWork).run { port in
            Terminal.write("Kapture listens on http://\(house.settings.place.address):\(port)")
        }
    }
}

/// The services of `serve`, in start order.
struct Server {
    let house: Installation
    var watches = false
    var works = true

    /// Runs until SIGTERM or SIGINT; `onRunning` is called with the port once it listens.
    func run(_ onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        Descriptors.raiseLimit()
        let outside = WayOut(house.settings)
        let operations = operations(outside)  // Before anything is counted.
        // Nothing is ready before the public pages are there.
        _ = try house.publisher.publish(.publicPages)
        let sites = LiveSite(house: house)
        var ports = KaptureServer.Ports(store: house.store, sites: sites, rendering: sites, publishing: sites)
        (ports.quotas, ports.fetching) = (QuotaLedger(house.store, plans: house.plans), outside.fetching)
        let settings = try await settings()
        let server = KaptureServer(
            settings, ports: ports, assets: house.assets, operations: operations, logger: house.logger)
        let application = server.makeApplication { port in
            await onRunning(port)
            if let code = settings.setupCode { tellHowToBegin(code) }
        }
        var services: [any Service] = [application, server.farewell]
        services.append(SiteKeeper(upkeep: house.upkeep, logger: house.logger))
        let workshop = Workshop(house: house, outside: outside, mails: sites, isForFolderOnly: !works)
        try await workshop.settle()
        services += try workshop.services()
        if watches { services.append(TemplateWatch(house: house, site: sites, server: server)) }
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: house.logger))
        do {
            try await group.run()
        } catch {
            throw house.settings.place.explained(error)
        }
    }

    private func settings() async throws -> APISettings {
        let chosen = house.settings
        var settings = APISettings(publicURL: chosen.publicURL, serverKey: house.store.serverKey)
        (settings.address, settings.port) = (chosen.place.address, chosen.place.port)
        (settings.signUp, settings.accelRedirect) = (chosen.signUp, chosen.accelRedirect)
        (settings.rateLimit, settings.trustedProxies) = (chosen.operation.rateLimit, chosen.operation.trustedProxies)
        (settings.sendsMail, settings.issuer) = (chosen.accounts.mail != nil, chosen.accounts.issuer)
        settings.clerkKey = chosen.accounts.clerkKey
        // For whoever makes the first account from another machine.
        settings.setupCode = try await house.store.hasUsers() ? nil : SetupCode.random()
        return settings
    }

    private func tellHowToBegin(_ code: String) {
        Terminal.note("There is no account yet. Create the first at \(house.settings.publicURL.origin)/sign-up/")
        Terminal.note("From another machine it needs this code: \(code)")
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
