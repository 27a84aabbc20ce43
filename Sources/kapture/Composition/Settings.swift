import API
import Configuration
import Core
import Foundation
import Logging
import Site
import SystemPackage

/// Everything an operator can set, read once. Arguments win over the environment, that over `.env`, that over defaults.
struct Settings: Sendable {
    /// The folder that holds the database and the published sites.
    let dataFolder: String
    /// Where `Templates`, `Content` and `Public` are.
    let root: String
    let host: String
    let port: Int
    /// The one public address: links, Origin checks and the cookie's name come from it.
    let publicURL: PublicAddress
    /// Who may create an account.
    let signUp: APISettings.SignUp
    /// Whether a proxy in front serves page files by `X-Accel-Redirect`.
    let accelRedirect: Bool
    /// Who else vouches for people.
    let issuer: IssuerSettings?
    let logLevel: Logger.Level
    let notice: String?
    let limits: PageSources.Limits

    /// What the command line said; `nil` where it said nothing.
    struct Arguments {
        var dataFolder: String?
        var root: String?
        var host: String?
        var port: Int?
        /// Anyone may create an account, whatever the environment says.
        var opensSignUp = false
        /// A sentence above every private page.
        var notice: String?
        /// How much of a user's data becomes files, where a benchmark wants less than the product's limits.
        var limits = PageSources.Limits()
    }

    /// Reads the environment and `.env` of the working folder.
    static func load(_ arguments: Arguments) async throws -> Settings {
        let file = try await EnvironmentVariablesProvider(environmentFilePath: ".env", allowMissing: true)
        let reader = ConfigReader(providers: [EnvironmentVariablesProvider(), file])
        return try Settings(reader, arguments)
    }

    private init(_ reader: ConfigReader, _ arguments: Arguments) throws {
        func text(_ key: ConfigKey, _ fallback: String) -> String {
            let value = reader.string(forKey: key) ?? ""
            return value.isEmpty ? fallback : value
        }
        let port = arguments.port ?? Int(text("kapture.port", "8080")) ?? -1
        guard (0...65535).contains(port) else { throw ValidationError(field: "KAPTURE_PORT", rule: "must be 0–65535") }
        self.port = port == 0 ? try FreePort.find() : port
        host = arguments.host ?? text("kapture.host", "127.0.0.1")
        dataFolder = Settings.absolute(arguments.dataFolder ?? text("kapture.data", "data"))
        root = try Settings.findRoot(arguments.root ?? reader.string(forKey: "kapture.root"))
        publicURL = try PublicAddress(
            text("kapture.url", "http://\(host == "0.0.0.0" ? "127.0.0.1" : host):\(self.port)"))
        guard let signUp = APISettings.SignUp(rawValue: text("kapture.sign.up", "closed")) else {
            throw ValidationError(field: "KAPTURE_SIGN_UP", rule: "must be open or closed")
        }
        self.signUp = arguments.opensSignUp ? .open : signUp
        issuer = try Settings.issuer(reader, publicURL: publicURL)
        let accel = text("kapture.accel.redirect", "off")
        guard ["on", "off"].contains(accel) else {
            throw ValidationError(field: "KAPTURE_ACCEL_REDIRECT", rule: "must be on or off")
        }
        accelRedirect = accel == "on"
        guard let level = Logger.Level(rawValue: text("kapture.log.level", "info")) else {
            throw ValidationError(
                field: "KAPTURE_LOG_LEVEL", rule: "must be trace, debug, info, notice, warning or error")
        }
        logLevel = level
        (notice, limits) = (arguments.notice, arguments.limits)
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// `--root` or `KAPTURE_ROOT`, else `share/kapture` beside the executable, else the working folder.
    private static func findRoot(_ given: String?) throws -> String {
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
            field: given == nil ? "root" : "--root",
            rule: "must name the folder that holds Templates, Content and Public; looked in "
                + candidates.joined(separator: ", "))
    }

    private static func isRoot(_ folder: String) -> Bool {
        ["Templates", "Content", "Public"].allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }
}
