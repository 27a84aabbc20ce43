import Testing

/// A program that serves with accounts set up, and who uses it.
struct AccountHouse {
    let house: House
    let server: Running
    let address: String
    let environment: [String: String]
    /// Whom it talks to: they live as long as it does.
    private let neighbours: [Neighbour]

    static let password = "correct horse battery"

    init(
        _ environment: [String: String] = [:], beside neighbours: [Neighbour] = [], watches: Bool = false
    ) async throws {
        house = try House()
        self.neighbours = neighbours
        self.environment = environment
        let options = watches ? try house.copyRoot() + ["--watch"] : house.options
        (server, address) = try await Running.serve(options, in: house.path, environment: environment)
    }

    /// With a mail server that takes everything.
    static func withMail(
        _ more: [String: String] = [:], watches: Bool = false
    ) async throws -> (AccountHouse, Neighbour) {
        let mails = try await Neighbour.mailServer()
        let settings = [
            "KAPTURE_SMTP_URL": "smtp://127.0.0.1:\(mails.port)", "KAPTURE_MAIL_FROM": "Kapture <post@kapture.example>",
            "KAPTURE_SIGN_UP": "open",
        ]
        return (try await AccountHouse(settings.merging(more) { $1 }, beside: [mails], watches: watches), mails)
    }

    /// Makes an account by the command line, while the server runs.
    func add(_ email: String) async throws {
        let arguments = ["user", "add", email, "--password-stdin"] + house.options
        let outcome = try await Program.run(
            arguments, in: house.path, input: Self.password + "\n", environment: environment)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// A browser in which somebody signed in.
    func browser(_ email: String, password: String = AccountHouse.password) async throws -> Browser {
        let browser = Browser(address)
        let answer = try await browser.post("/api/auth/sign-in", ["email": email, "password": password])
        try #require(answer.status == 303, "\(answer.status) \(answer.body)")
        return browser
    }

    func emails() throws -> [String] { try house.rows("SELECT email FROM users ORDER BY email") }
}
