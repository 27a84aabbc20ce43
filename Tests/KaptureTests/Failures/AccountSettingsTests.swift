import Foundation
import Testing

@Suite("Settings of accounts", .timeLimit(.minutes(2)))
struct AccountSettingsTests {
    private static let issuer = ["KAPTURE_OIDC_ISSUER": "https://id.example"]
    private static let mail = ["KAPTURE_MAIL_FROM": "post@kapture.example"]

    @Test(
        "What is wrong or half set is refused with its key and rule",
        arguments: [
            (["KAPTURE_SMTP_URL": "smtp://mail.example"], "KAPTURE_SMTP_URL needs KAPTURE_MAIL_FROM"),
            (
                ["KAPTURE_SMTP_URL": "http://mail.example"].merging(mail) { $1 },
                "KAPTURE_SMTP_URL must be smtp://host:port or smtps://host:port"
            ),
            (
                ["KAPTURE_SMTP_URL": "smtp://user@mail.example"].merging(mail) { $1 },
                "KAPTURE_SMTP_URL must have both a user and a password, or neither"
            ),
            (
                ["KAPTURE_SMTP_URL": "smtp://mail.example/path"].merging(mail) { $1 },
                "KAPTURE_SMTP_URL must end after the port"
            ),
            (["KAPTURE_MAIL_FROM": "nobody"], "KAPTURE_MAIL_FROM "),
            (["KAPTURE_OIDC_ISSUER": "id.example"], "KAPTURE_OIDC_ISSUER must be an https:// address"),
            (["KAPTURE_OIDC_ISSUER": "http://id.example"], "KAPTURE_OIDC_ISSUER must be an https:// address"),
            (["KAPTURE_OIDC_ISSUER": "https://id.example?a=b"], "KAPTURE_OIDC_ISSUER must be an https:// address"),
            (
                ["KAPTURE_CLERK_WEBHOOK_SECRET": "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="],
                "KAPTURE_CLERK_WEBHOOK_SECRET needs KAPTURE_OIDC_ISSUER"
            ),
            (
                ["KAPTURE_CLERK_WEBHOOK_SECRET": "whsec_c2hvcnQ="].merging(issuer) { $1 },
                "KAPTURE_CLERK_WEBHOOK_SECRET must be whsec_ followed by a key in base64"
            ),
        ])
    func refused(_ environment: [String: String], complaint: String) async throws {
        let house = try House()

        let outcome = try await house.kapture("publish", environment: environment)

        #expect(outcome.status == 1 && outcome.complaint?.hasPrefix("Error: \(complaint)") == true, "\(outcome.errors)")
        for secret in ["c2hvcnQ", "MDEyMzQ1"] { #expect(!outcome.errors.contains(secret), "no secret in a message") }
        #expect(!FileManager.default.fileExists(atPath: house.data))
    }

    @Test("Empty keys are as good as none, and an issuer on this machine may do without https")
    func taken() async throws {
        let house = try House()
        let empty = ["KAPTURE_SMTP_URL": "", "KAPTURE_OIDC_ISSUER": "", "KAPTURE_CLERK_WEBHOOK_SECRET": ""]
        #expect(try await house.kapture("publish", environment: empty).status == 0)
        let local = ["KAPTURE_OIDC_ISSUER": "http://127.0.0.1:9000"]
        #expect(try await house.kapture("publish", environment: local).status == 0)
    }
}
