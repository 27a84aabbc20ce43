import Testing

@Suite("Health of what accounts need outside", .timeLimit(.minutes(2)))
struct OutsidePartsTests {
    private static func conditions(_ address: String) async throws -> [String: String] {
        let answer = try await Browser(address).get("/health")
        try #require(answer.status == 200, "none of them is needed to serve")
        let parts = answer.data["parts"] as? [[String: Any]] ?? answer.json["parts"] as? [[String: Any]] ?? []
        return Dictionary(
            parts.compactMap { part in
                (part["name"] as? String).flatMap { name in (part["state"] as? String).map { (name, $0) } }
            }
        ) { $1 }
    }

    private static let outside = ["mail", "oidc", "clerk-webhooks"]

    @Test("All are off until they are set, up when they answer, down when nobody does")
    func parts() async throws {
        let off = try await AccountHouse()
        let (mails, issuer) = (try await Neighbour.mailServer(), try await Neighbour.issuer())
        let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="
        let up = try await AccountHouse(
            [
                "KAPTURE_SMTP_URL": "smtp://127.0.0.1:\(mails.port)", "KAPTURE_MAIL_FROM": "post@kapture.example",
                "KAPTURE_OIDC_ISSUER": "http://127.0.0.1:\(issuer.port)", "KAPTURE_CLERK_WEBHOOK_SECRET": secret,
            ], beside: [mails, issuer])
        let down = try await AccountHouse([
            "KAPTURE_SMTP_URL": "smtp://127.0.0.1:1", "KAPTURE_MAIL_FROM": "post@kapture.example",
            "KAPTURE_OIDC_ISSUER": "http://127.0.0.1:1",
        ])

        for (house, expected) in [
            (off, ["off", "off", "off"]), (up, ["up", "up", "up"]), (down, ["down", "down", "off"]),
        ] {
            let found = try await Self.conditions(house.address)
            #expect(Self.outside.map { found[$0] } == expected)
        }
        #expect(mails.rest == 0, "looking sends no mail")
    }
}
