import API
import Core
import Foundation
import TestSupport
import Testing

@testable import kapture

@Suite("Settings as a report")
struct SettingsReportTests {
    private func read(_ values: [String: String]) throws -> SettingsReport {
        try Settings.read(Settings.Arguments(root: RepositoryRoot.path), from: .values(values))
    }

    @Test(".env.example lists every setting that is read, and no other")
    func example() throws {
        let text = try String(contentsOfFile: RepositoryRoot.path + "/.env.example", encoding: .utf8)
        #expect(Settings.Source.names(inFile: text) == Set(try read([:]).asked.keys))
    }

    @Test(
        "The setting that was meant is found where it is spelt nearly so",
        arguments: [
            ("KAPTURE_DATABASE", "KAPTURE_DATABASE_URL"), ("KAPTURE_RATE_LIMT", "KAPTURE_RATE_LIMIT"),
            ("KAPTURE_HOSTS", "KAPTURE_HOST"), ("KAPTURE_TRUSTED_PROXY", "KAPTURE_TRUSTED_PROXIES"),
            ("KAPTURE_COLOURS_OF_CARDS", nil),
        ])
    func nearest(typed: String, meant: String?) throws {
        let report = try read([typed: "x"])
        #expect(report.strangers(in: .values([typed: "x", "KAPTURE_PORT": "1", "PATH": "/bin"])) == [typed])
        let advice = meant.map { "Did you mean \($0)?" } ?? "Remove it, or spell it as in .env.example."
        #expect(report.advice(for: typed) == advice)
    }

    @Test("Letters put in, taken out and changed are counted")
    func distance() {
        #expect(EditDistance.between("", "abc") == 3 && EditDistance.between("abc", "") == 3)
        #expect(EditDistance.between("kitten", "sitting") == 3 && EditDistance.between("same", "same") == 0)
    }

    @Test("Limits, proxies and the metrics' token have defaults that are safe")
    func defaults() throws {
        let settings = try read([:]).settings.operation
        #expect(settings.rateLimit == RateLimit(100) && settings.trustedProxies.isEmpty && settings.metricsToken == nil)
        let set = try read([
            "KAPTURE_RATE_LIMIT": "off", "KAPTURE_TRUSTED_PROXIES": "10.0.0.0/8 ::1",
            "KAPTURE_METRICS_TOKEN": "0123456789abcdef",
        ])
        #expect(set.settings.operation.rateLimit == nil && !set.settings.operation.trustedProxies.isEmpty)
        #expect(set.settings.operation.metricsToken == "0123456789abcdef")
    }

    @Test(
        "A wrong value is refused by the name of its key",
        arguments: [
            ("KAPTURE_RATE_LIMIT", "0"), ("KAPTURE_RATE_LIMIT", "many"), ("KAPTURE_RATE_LIMIT", "1000001"),
            ("KAPTURE_TRUSTED_PROXIES", "10.0.0.0/40"), ("KAPTURE_METRICS_TOKEN", "short"),
            ("KAPTURE_METRICS_TOKEN", "with a space in between"), ("KAPTURE_PORT", "http"), ("KAPTURE_URL", "ftp://x"),
            ("KAPTURE_SIGN_UP", "maybe"), ("KAPTURE_LOG_LEVEL", "loud"), ("KAPTURE_ACCEL_REDIRECT", "1"),
        ])
    func wrong(key: String, value: String) {
        let error = #expect(throws: ValidationError.self) { try read([key: value]) }
        #expect(error?.field == key)
    }

    @Test("A backup's settings hold what is set, but no secret")
    func secrets() throws {
        let report = try read(["KAPTURE_PORT": "9000", "KAPTURE_METRICS_TOKEN": "0123456789abcdef"])
        #expect(report.withoutSecrets == "# KAPTURE_METRICS_TOKEN is set, and secret\nKAPTURE_PORT=9000\n")
        let other = SettingsReport(
            settings: report.settings,
            asked: [
                "KAPTURE_DATABASE_URL": .init(isSecret: false, value: "postgres://me:pw@host/db"),
                "KAPTURE_HOOK_SECRET": .init(isSecret: false, value: "x"),
                "KAPTURE_A": .init(isSecret: true, value: "y"),
                "KAPTURE_URL": .init(isSecret: false, value: "https://kapture.example"),
                "KAPTURE_B": .init(isSecret: false, value: "two\nlines"),
                "KAPTURE_C": .init(isSecret: false, value: nil),
            ])
        #expect(
            other.withoutSecrets == """
                # KAPTURE_A is set, and secret
                KAPTURE_B=twolines
                # KAPTURE_DATABASE_URL is set, and secret
                # KAPTURE_HOOK_SECRET is set, and secret
                KAPTURE_URL=https://kapture.example

                """)
    }
}
