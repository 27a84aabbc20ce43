import ArgumentParser
import ServiceLifecycle

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Does the jobs and keeps the schedules, and nothing else.",
        discussion: "Any number of these may run, on any machine that reaches the database.")

    @Option(help: "Jobs at once in each queue (KAPTURE_JOB_CONCURRENCY).")
    var concurrency: Int?

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        var arguments = installation.arguments
        arguments.jobConcurrency = concurrency
        let house = try await Installation.open(arguments)
        let group = ServiceGroup(
            configuration: .init(
                services: try Workshop(house: house, outside: WayOut(house.settings)).services(),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: house.logger))
        Terminal.write("Kapture works, \(house.settings.jobConcurrency) jobs at once in each queue")
        try await group.run()
    }
}
