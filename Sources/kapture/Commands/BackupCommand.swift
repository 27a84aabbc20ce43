import ArgumentParser
import Core
import Foundation

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes the database and the settings without secrets into one file.",
        discussion: """
            May run while Kapture serves: the file holds the database as it was at one moment. It is read again before \
            the command ends. The file holds everything that users wrote, and the hashes of their passwords: keep it safe.
            """)

    @Argument(help: "The file to write, such as kapture-2026-11-24.tar. It must not exist.")
    var file: String

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let report = try Settings.read(installation.arguments, from: try await Settings.Source.process())
        _ = try DataFolder(preparing: report.settings.dataFolder)
        let run = BackupRun(database: report.settings.database, settings: report.withoutSecrets, now: Clock.now())
        let target = Settings.absolute(file)
        let manifest = try await Threads.perform { try run.write(to: target) }
        let size = manifest.files.reduce(0) { $0 + $1.size }
        Terminal.write("\(file): schema \(manifest.schemaVersion), \(Figures.exact(size)) bytes, verified")
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup into an empty data folder, or an empty PostgreSQL database.",
        discussion: """
            Stop Kapture first. The backup is checked before anything is changed. The settings it was made with are \
            written to restored-settings.env in the data folder, for you to compare. A backup goes into either engine: \
            with a PostgreSQL address in KAPTURE_DATABASE_URL it is copied into that database, which must be empty.
            """)

    @Argument(help: "A file that `kapture backup` wrote.")
    var file: String

    @Flag(help: "Replace the database of a folder that is not empty; the old one is kept beside it.")
    var force = false

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let settings = try await Settings.load(installation.arguments)
        let folder = try DataFolder(preparing: settings.dataFolder)
        var source = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &source) }
        let run = RestoreRun(
            folder: folder, database: settings.database, isForced: force, now: Clock.now(), databaseID: Hex.text(id))
        let archive = Settings.absolute(file)
        let outcome = try await Threads.perform { try run.run(archive) }
        Terminal.write("\(settings.database) holds the backup of \(outcome.manifest.createdAt)")
        if let kept = outcome.kept { Terminal.write("The database before is kept as \(kept)") }
    }
}
