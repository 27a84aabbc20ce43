import Core
import Foundation

/// Reads the settings again and again, each time without the keys that were found wrong, until they can be used.
struct SettingsExamination {
    private(set) var findings: [Finding] = []
    /// With defaults in place of what was wrong; `nil` when not even that helps.
    private(set) var report: SettingsReport?

    init(_ arguments: Settings.Arguments, _ source: Settings.Source) {
        read(arguments, source)
        guard let report else { return }
        for name in report.strangers(in: source) {
            findings.append(.problem("settings", report.complaint(of: name), mend: report.advice(for: name)))
        }
        if findings.isEmpty { findings.append(.ok("settings", "all of them can be used")) }
    }

    private mutating func read(_ arguments: Settings.Arguments, _ source: Settings.Source) {
        var ignored: Set<String> = []
        while report == nil {
            do {
                report = try Settings.read(arguments, from: source, ignoring: ignored)
            } catch let error as ValidationError where ignored.insert(error.field).inserted {
                findings.append(.problem("settings", error.description, mend: "Correct \(error.field), or remove it."))
            } catch {
                let mend = "Correct it; .env.example lists every setting."
                return findings.append(.problem("settings", "\(error)", mend: mend))
            }
        }
    }
}
