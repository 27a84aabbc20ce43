import API
import Configuration
import Core
import Foundation
import Logging
import SQL
import Site
import SystemPackage

/// Everything an operator can set, read once. Arguments win over the environment, that over `.env`, that over defaults.
struct Settings: Sendable {
    /// The folder that holds the published sites, and the database unless it is elsewhere.
    let dataFolder: String
    /// Where the database is: a file in the data folder unless another is named.
    let database: DatabaseAddress
    /// Where `Templates`, `Content` and `Public` are.
    let root: String
    let place: ListeningPlace
    /// The one public address: links, Origin checks and the cookie's name come from it.
    let publicURL: PublicAddress
    /// Who may create an account.
    let signUp: APISettings.SignUp
    /// Whether a proxy in front serves page files by `X-Accel-Redirect`.
    let accelRedirect: Bool
    /// Jobs at once in each queue.
    let jobConcurrency: Int
    let accounts: AccountSettings
    let logLevel: Logger.Level
    let notice: String?
    let limits: PageSources.Limits
    let operation: OperationSettings

    /// What the command line said; `nil` where it said nothing.
    struct Arguments {
        var dataFolder: String?
        /// Where the database is, whatever the environment says.
        var database: DatabaseAddress?
        var root: String?
        var host: String?
        var port: Int?
        var jobConcurrency: Int?
        /// Anyone may create an account, whatever the environment says.
        var opensSignUp = false
        /// A sentence above every private page.
        var notice: String?
        /// How much of a user's data becomes files, where a benchmark wants less than the product's limits.
        var limits = PageSources.Limits()
    }

    /// Reads the environment and `.env` of the working folder. What is spelt like a setting and is none is told.
    static func load(_ arguments: Arguments) async throws -> Settings {
        let source = try await Source.process()
        let report = try read(arguments, from: source)
        for name in report.strangers(in: source) {
            Terminal.note(Terminal.harmless("Warning: \(report.complaint(of: name)). \(report.advice(for: name))"))
        }
        return report.settings
    }

    /// Reads from `source`, as if the keys in `ignored` were not set.
    static func read(
        _ arguments: Arguments, from source: Source, ignoring ignored: Set<String> = []
    ) throws -> SettingsReport {
        let reader = SettingReader(ConfigReader(providers: source.providers), ignoring: ignored)
        let settings = try Settings(reader, arguments)
        return SettingsReport(settings: settings, asked: reader.asked)
    }

    private init(_ reader: SettingReader, _ arguments: Arguments) throws {
        func text(_ key: ConfigKey, _ fallback: String) -> String {
            let value = reader.string(forKey: key) ?? ""
            return value.isEmpty ? fallback : value
        }
        let givenData = text("kapture.data", "data")
        dataFolder = Settings.absolute(arguments.dataFolder ?? givenData)
        place = try Settings.place(
            arguments, host: text("kapture.host", "127.0.0.1"), port: text("kapture.port", "8080"))
        database =
            try arguments.database
            ?? Settings.database(text("kapture.database.url", "sqlite:\(dataFolder)/kapture.db"))
        root = try Settings.findRoot(arguments.root, text("kapture.root", ""))
        publicURL = try Settings.publicURL(text("kapture.url", ""), place)
        guard let signUp = APISettings.SignUp(rawValue: text("kapture.sign.up", "closed")) else {
            throw ValidationError(field: "KAPTURE_SIGN_UP", rule: "must be open or closed")
        }
        self.signUp = arguments.opensSignUp ? .open : signUp
        accelRedirect = try Settings.isOn(text("kapture.accel.redirect", "off"), named: "KAPTURE_ACCEL_REDIRECT")
        let concurrency = arguments.jobConcurrency ?? Int(text("kapture.job.concurrency", "4")) ?? 0
        guard (1...64).contains(concurrency) else {
            throw ValidationError(field: "KAPTURE_JOB_CONCURRENCY", rule: "must be 1–64")
        }
        jobConcurrency = concurrency
        guard let level = Logger.Level(rawValue: text("kapture.log.level", "info")) else {
            throw ValidationError(
                field: "KAPTURE_LOG_LEVEL", rule: "must be trace, debug, info, notice, warning or error")
        }
        logLevel = level
        (operation, accounts) = (try OperationSettings(text), try AccountSettings(reader, publicURL: publicURL))
        (notice, limits) = (arguments.notice, arguments.limits)
    }

    private static func place(_ arguments: Arguments, host: String, port givenPort: String) throws -> ListeningPlace {
        let portField = arguments.port == nil ? "KAPTURE_PORT" : "--port"
        let port = arguments.port ?? Int(givenPort) ?? -1
        guard (0...65535).contains(port) else { throw ValidationError(field: portField, rule: "must be 0–65535") }
        return ListeningPlace(
            address: arguments.host ?? host, port: port == 0 ? try FreePort.find() : port,
            addressField: arguments.host == nil ? "KAPTURE_HOST" : "--host", portField: portField)
    }

    private static func isOn(_ text: String, named name: String) throws -> Bool {
        guard ["on", "off"].contains(text) else { throw ValidationError(field: name, rule: "must be on or off") }
        return text == "on"
    }

    /// `given`, or else where people reach a server that listens at `place`.
    private static func publicURL(_ given: String, _ place: ListeningPlace) throws -> PublicAddress {
        guard given.isEmpty else { return try PublicAddress(given) }
        let host = place.address
        let isAny = ["0.0.0.0", "::"].contains(host)
        let reached = isAny ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        do {
            return try PublicAddress("http://\(reached):\(place.port)")
        } catch {
            throw ValidationError(
                field: place.addressField,
                rule: "must be a loopback or private address such as 127.0.0.1 unless KAPTURE_URL says where people "
                    + "reach it, not \(host)")
        }
    }

    /// The address in `text`, with an absolute path; `name` is what an error calls it.
    static func database(_ text: String, named name: String = "KAPTURE_DATABASE_URL") throws -> DatabaseAddress {
        do throws(AddressFailure) {
            let address = try DatabaseAddress(text)
            guard case .sqlite(let path) = address else { return address }
            return .sqlite(path: absolute(path))
        } catch {
            throw ValidationError(field: name, rule: error.rule)
        }
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// `--root` or `KAPTURE_ROOT`, else `share/kapture` beside the executable, else the working folder.
    private static func findRoot(_ argument: String?, _ setting: String) throws -> String {
        let given = argument ?? (setting.isEmpty ? nil : setting)
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .path
        let candidates =
            given.map { [absolute($0)] }
            ?? [
                executable + "/share/kapture", executable + "/../share/kapture",
                FileManager.default.currentDirectoryPath,
            ]
        for candidate in candidates where isRoot(candidate) { return candidate }
        throw ValidationError(
            field: argument == nil ? "KAPTURE_ROOT" : "--root",
            rule: "must name the folder that holds Templates, Content and Public; looked in "
                + candidates.joined(separator: ", "))
    }

    private static func isRoot(_ folder: String) -> Bool {
        ["Templates", "Content", "Public"].allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }
}
