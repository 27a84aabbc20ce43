import ArgumentParser

/// The one program: server, publisher, importer, benchmarks.
@main
struct Kapture: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "kapture",
        abstract: "Shows creators what is taking off in their niche, and why.",
        version: version,
        subcommands: [
            Serve.self, Work.self, Publish.self, Import.self, Demo.self, Copy.self, UserCommand.self,
            MarkdownCommand.self, Bench.self, DoctorCommand.self, BackupCommand.self, RestoreCommand.self,
        ])
}

/// Options every command shares.
struct InstallationOptions: ParsableArguments {
    @Option(help: "Folder of the database and the published sites (KAPTURE_DATA).")
    var data: String?

    @Option(help: "Folder that holds Templates, Content and Public (KAPTURE_ROOT).")
    var root: String?

    var arguments: Settings.Arguments { Settings.Arguments(dataFolder: data, root: root) }
}
