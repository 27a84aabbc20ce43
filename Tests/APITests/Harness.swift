import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import API

/// A whole server, with two users who have pages of their own in memory, and one with trends in a real store.
struct Harness {
    let accounts = MemoryAccounts()
    let sites: MemorySites
    let status = MemoryStatus()
    let tokens = MemoryTokens()
    let publishing = RecordedPublishing()
    /// Everything that is not in memory: a real store of its own, whose user is `mara`.
    let fixture: StoreFixture
    let hasher = PasswordHasher(parameters: .cheap)
    let clock = ManualClock()
    let anna: UserID
    let boris: UserID
    let server: KaptureServer

    var mara: UserID { fixture.user }

    static let password = "correct horse battery"
    static let origin = "http://localhost"

    init(
        at address: String = Harness.origin, keepsInMemory: Bool = true, users: Bool = true,
        publishes: Bool = true, on engine: TestEngine = .ofRun, fetching: (any Fetching)? = nil,
        operations: KaptureServer.Operations = .init(),
        logger: Logger = Harness.quiet, adjust: (inout APISettings) -> Void = { _ in },
        adapt: (inout KaptureServer.Ports, Store) -> Void = { _, _ in }
    ) async throws {
        sites = MemorySites(keepsInMemory: keepsInMemory)
        anna = users ? try await Self.add("anna@example.com", to: accounts, hasher) : UserID(rawValue: "anna")
        boris = users ? try await Self.add("boris@example.com", to: accounts, hasher) : UserID(rawValue: "boris")
        var settings = APISettings(publicURL: try PublicAddress(address), serverKey: Array(repeating: 7, count: 32))
        settings.port = 0
        settings.now = clock.read
        adjust(&settings)
        fixture = try await StoreFixture(engine)
        if users { accounts.adopt(try #require(await fixture.store.user(fixture.user))) }
        var ports = KaptureServer.Ports(
            store: fixture.store, sites: sites, rendering: PlainRendering(), publishing: publishing)
        (ports.accounts, ports.status, ports.tokens, ports.fetching) = (accounts, status, tokens, fetching)
        ports.quotas = QuotaLedger(fixture.store, plans: try .only(Harness.limits))
        adapt(&ports, fixture.store)
        let assets = AssetStore(
            files: ["app.css": Array(String(repeating: "a{b:c}", count: 400).utf8), "logo.png": Array(0...255)])
        server = KaptureServer(
            settings, ports: ports, assets: assets, hasher: hasher, operations: operations, logger: logger)
        if publishes { publish() }
    }

    static let limits: [PlanLimit: Int64] = [.scrapes: 60, .watchlists: 5, .ideaboards: 100, .storageGB: 1]
    static let quiet: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    private func publish() {
        sites.set("/", of: .publicPages, to: "landing " + String(repeating: "word ", count: 400))
        sites.set("/help/", of: .publicPages, to: "help")
        sites.set("/sign-in/", of: .publicPages, to: "sign-in form")
        sites.set("/404.html", of: .publicPages, to: "not here")
        for (user, name) in [(anna, "anna"), (boris, "boris")] {
            sites.set("/dashboard/", of: .user(user), to: "\(name)'s page " + String(repeating: "text ", count: 400))
        }
    }

    private static func add(
        _ email: String, to accounts: MemoryAccounts, _ hasher: PasswordHasher
    ) async throws -> UserID {
        let hash = try await hasher.hash(Password(password))
        let user = NewUser(email: email, name: nil, password: hash, isOperator: false)
        return try #require(await accounts.createUser(user, now: ManualClock.start))
    }

    /// The `Cookie` header of a new session of the user.
    func cookie(of user: UserID) async throws -> String {
        let token = try await server.sessions.open(for: user, [:])
        return "\(server.sessions.cookie.name)=\(token.text)"
    }

    /// Runs the test straight against the router, or with `.live` against a port.
    func test(
        _ setup: TestingSetup = .router, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await server.makeApplication().test(setup) { client in try await body(client) }
    }
}

/// Time that stands still until the test moves it.
final class ManualClock: Sendable {
    static let start = Instant(seconds: 1_700_000_000)
    private let time = Mutex(ManualClock.start)

    var read: @Sendable () -> Instant { { self.time.withLock { $0 } } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

extension ScryptParameters {
    /// The same computation with almost no work.
    static var cheap: ScryptParameters { ScryptParameters(rounds: 16, blockSize: 1, parallelism: 1) ?? .standard }
}

extension TestClientProtocol {
    func get(_ address: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: address, method: .get, headers: headers) { $0 }
    }

    func head(_ address: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: address, method: .head, headers: headers) { $0 }
    }

    /// Posts as a page of the site would.
    func post(_ address: String, form: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await post(address, form, "application/x-www-form-urlencoded", headers)
    }

    func post(_ address: String, json: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await post(address, json, "application/json", headers)
    }

    func patch(_ address: String, json: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.patch, address, json, "application/json", headers)
    }

    func delete(_ address: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        if headers[.origin] == nil { headers[.origin] = Harness.origin }
        return try await execute(uri: address, method: .delete, headers: headers) { $0 }
    }

    func post(
        _ address: String, _ body: String, _ type: String, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await send(.post, address, body, type, headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: String, _ type: String, _ headers: HTTPFields
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = type
        if headers[.origin] == nil { headers[.origin] = Harness.origin }
        return try await execute(uri: address, method: method, headers: headers, body: ByteBuffer(string: body)) { $0 }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as JSON; null when it is not.
    var json: JSON { (try? JSONParser.parse(Array(body.readableBytesView))) ?? .null }

    /// The `Cookie` header that a browser would send after this answer.
    var cookie: String? { headers[.setCookie].map { String($0.prefix { $0 != ";" }) } }
}

extension Request {
    /// A GET of nothing in particular.
    static func asking(_ headers: HTTPFields) -> Request {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/", headerFields: headers)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}
