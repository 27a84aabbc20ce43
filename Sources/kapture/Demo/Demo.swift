import API
import ArgumentParser
import Content
import Core
import Foundation
import Site
import Store

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills a fresh data folder with recorded posts and serves it.")

    @Option(help: "A folder that does not hold an installation yet.")
    var data = "demo-data"

    @Option(help: "Port to listen on, 0 for any free one (KAPTURE_PORT).")
    var port: Int?

    @Option(help: "Folder that holds Templates, Content and Public (KAPTURE_ROOT).")
    var root: String?

    @Flag(help: "Only fill the folder.")
    var fillOnly = false

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: data + "/kapture.db") else {
            throw ValidationError(
                field: "--data", rule: "must not hold an installation yet; remove \(data) or choose another folder")
        }
        var arguments = Settings.Arguments(dataFolder: data, root: root, host: "127.0.0.1", port: port)
        arguments.opensSignUp = true
        arguments.notice =
            "This is a demonstration: real posts, recorded from 2017 to 2026, their days moved to end today."
        let settings = try await Settings.load(arguments)
        if !fillOnly { try await settings.place.check() }  // Before the folder is filled: only a fresh one can be.
        let house = try Installation.open(settings)
        guard try await !house.store.hasUsers() else {
            throw ValidationError(
                field: "KAPTURE_DATABASE_URL", rule: "must name a database without accounts; unset it or choose another"
            )
        }
        let script = try DemoScript(folder: house.settings.root + "/Content/Demo")
        let password = DemoPassword.random()
        let user = try await DemoLoader(house: house, script: script, now: Clock.now()).load(password: password)
        _ = try house.publisher.publish(.user(user))
        if fillOnly { return show(script, password, port: settings.place.port) }
        try await Server(house: house).run { show(script, password, port: $0) }
    }

    private func show(_ script: DemoScript, _ password: String, port: Int) {
        Terminal.write("address: http://127.0.0.1:\(port)")
        Terminal.write("email: \(script.email)")
        Terminal.write("password: \(password)")
    }
}

enum DemoPassword {
    /// Twelve letters and digits that cannot be mistaken for each other.
    static func random() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        return String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
}
