import API
import ArgumentParser
import Core
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks at everything that can be set up wrong, and says how to mend it.",
        discussion: "Ends with status 1 when something is wrong. Changes nothing, and may run while Kapture serves.")

    @Flag(help: "Print the findings as JSON.")
    var json = false

    @Flag(help: "Check the database as thoroughly as can be.")
    var thorough = false

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let source = try await Settings.Source.process()
        let findings = await Doctor(arguments: installation.arguments, source: source, isThorough: thorough).findings()
        let worst = findings.map(\.state).max() ?? .ok
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            Terminal.write(
                String(decoding: try encoder.encode(Diagnosis(state: worst, findings: findings)), as: UTF8.self))
        } else {
            for finding in findings { show(finding) }
        }
        if worst == .problem { throw ExitCode.failure }
    }

    private struct Diagnosis: Encodable {
        let state: Finding.State
        let findings: [Finding]
    }

    private func show(_ finding: Finding) {
        let state = finding.state.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        Terminal.write(Terminal.harmless("\(state) \(finding.subject): \(finding.message)"))
        if let remedy = finding.remedy { Terminal.write(Terminal.harmless("         → \(remedy)")) }
    }
}

/// Every examination, in an order in which each has what it needs.
struct Doctor {
    let arguments: Settings.Arguments
    let source: Settings.Source
    var isThorough = false

    func findings() async -> [Finding] {
        let examined = SettingsExamination(arguments, source)
        guard let settings = examined.report?.settings else { return examined.findings }
        var findings = examined.findings
        let folder = FolderExamination(path: settings.dataFolder).findings()
        var database = DatabaseExamination(settings.database, isThorough: isThorough)
        findings += folder + database.findings()
        let pages = PageExamination(root: settings.root, isSecure: settings.publicURL.isSecure, now: Clock.now())
            .findings()
        findings += pages + NetworkExamination(settings: settings).findings()
        var newest: Instant?
        if database.isUsable, (folder + pages).allSatisfy({ $0.state < .problem }) {
            findings += await opened(settings, &newest)
        }
        findings += MachineExamination(now: Clock.now(), newest: newest).findings()
        return findings + (await services(settings))
    }

    /// What only an opened installation shows.
    private func opened(_ settings: Settings, _ newest: inout Instant?) async -> [Finding] {
        do {
            let house = try Installation.open(settings)
            defer { try? house.store.close() }
            newest = try await house.store.newestMoment()
            return try SitesExamination(house: house).findings()
        } catch {
            return [
                .problem("installation", "\(error)", mend: "Mend what the message names, then ask the doctor again.")
            ]
        }
    }

    /// Outside services that are set up; the same looks as `/health` has.
    private func services(_ settings: Settings) async -> [Finding] {
        var findings: [Finding] = []
        for check in OutsideParts.checks(of: settings, WayOut(settings)) {
            do {
                let condition = try await check.look()
                findings.append(.ok(check.name, condition == .off ? "not set up" : "it answers"))
            } catch {
                findings.append(
                    .problem(check.name, "\(error)", mend: "See that its address and keys in the settings are right."))
            }
        }
        return findings
    }
}
