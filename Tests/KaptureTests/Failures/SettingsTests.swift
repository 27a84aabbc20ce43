import Foundation
import TestSupport
import Testing

@Suite("Settings", .timeLimit(.minutes(2)))
struct SettingsTests {
    @Test(
        "A wrong value names its key and rule, and nothing is made",
        arguments: [
            ("KAPTURE_PORT", "65536", "must be 0–65535"), ("KAPTURE_PORT", "-1", "must be 0–65535"),
            ("KAPTURE_PORT", "http", "must be 0–65535"),
            ("KAPTURE_LOG_LEVEL", "loud", "must be trace, debug, info, notice, warning or error"),
            ("KAPTURE_SIGN_UP", "maybe", "must be open or closed"),
            ("KAPTURE_ACCEL_REDIRECT", "yes", "must be on or off"),
            ("KAPTURE_URL", "kapture.example", "must start with https:// or http://"),
            ("KAPTURE_URL", "https://", "must be a scheme, a host and at most a port, such as https://kapture.example"),
            (
                "KAPTURE_URL", "https://kapture.example/path",
                "must be a scheme, a host and at most a port, such as https://kapture.example"
            ),
            ("KAPTURE_URL", "https://kapture.example:99999", "must have a port from 1 to 65535"),
            (
                "KAPTURE_URL", "http://kapture.example",
                "must be https:// unless its host is a loopback or private address"
            ),
            (
                "KAPTURE_ROOT", "/nowhere",
                "must name the folder that holds Templates, Content and Public; looked in /nowhere"
            ),
        ])
    func wrong(key: String, value: String, rule: String) async throws {
        let house = try House()

        let outcome = try await house.kapture("publish", environment: [key: value])

        #expect(outcome.status == 1 && outcome.complaint == "Error: \(key) \(rule)")
        #expect(!FileManager.default.fileExists(atPath: house.data))
    }

    @Test("A name that is nearly a setting is told with the one that was meant, and stops nothing")
    func misspelt() async throws {
        let house = try House()
        try house.file(".env", "KAPTURE_SIGNUP=open\n")

        let outcome = try await house.kapture("publish", environment: ["KAPTURE_PROT": "1", "KAPTURE_TEA": "hot"])

        #expect(outcome.status == 0)
        #expect(
            outcome.errors.split(separator: "\n").filter { $0.hasPrefix("Warning") } == [
                "Warning: KAPTURE_PROT is no setting, so it does nothing. Did you mean KAPTURE_PORT?",
                "Warning: KAPTURE_SIGNUP is no setting, so it does nothing. Did you mean KAPTURE_SIGN_UP?",
                "Warning: KAPTURE_TEA is no setting, so it does nothing. Remove it, or spell it as in .env.example.",
            ])
    }

    @Test("Arguments win over the environment, that over .env, that over the defaults")
    func precedence() async throws {
        let house = try House()
        try house.file(".env", "KAPTURE_SIGN_UP=nonsense\nKAPTURE_DATA=from-file\n")
        func publish(_ options: [String], _ environment: [String: String]) async throws -> Program.Outcome {
            try await Program.run(["publish"] + options, in: house.path, environment: environment)
        }
        func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: house.path + "/" + name) }

        #expect(try await publish([], [:]).complaint == "Error: KAPTURE_SIGN_UP must be open or closed")
        #expect(try await publish([], ["KAPTURE_SIGN_UP": "open"]).status == 0 && exists("from-file/kapture.db"))
        let environment = ["KAPTURE_SIGN_UP": "open", "KAPTURE_DATA": "from-environment"]
        #expect(try await publish([], environment).status == 0 && exists("from-environment/kapture.db"))
        #expect(
            try await publish(["--data", "from-argument"], environment).status == 0
                && exists("from-argument/kapture.db"))
        try FileManager.default.removeItem(atPath: house.path + "/.env")
        #expect(try await publish([], [:]).status == 0 && exists("data/kapture.db"))
    }

    @Test("The example file is a file of the defaults: a copy of it changes nothing")
    func example() async throws {
        let house = try House()
        try house.file(".env", String(contentsOfFile: RepositoryRoot.path + "/.env.example", encoding: .utf8))
        for name in ["Templates", "Content", "Public"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(house.path)/\(name)", withDestinationPath: "\(RepositoryRoot.path)/\(name)")
        }

        let outcome = try await Program.run(["publish"], in: house.path, environment: ["KAPTURE_ROOT": ""])

        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(FileManager.default.fileExists(atPath: house.path + "/data/kapture.db"))
    }

    @Test("Unknown commands and options are told apart from failures by the exit code")
    func usage() async throws {
        #expect(try await Program.run(["nonsense"]).status == 64)
        #expect(try await Program.run(["publish", "--nonsense"]).status == 64)
        #expect(try await Program.run(["import"]).status == 64)
        #expect(try await Program.run(["--help"]).status == 0)
        #expect(try await Program.run(["--version"]).lines.first?.wholeMatch(of: #/\d+\.\d+\.\d+/#) != nil)
    }
}
