import Core
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import API

@Suite("Authorization matrix")
struct MatrixTests {
    typealias Asker = Outsiders.Kind

    @Test("every route × its objects × everybody who may not: no foreign byte, no row changed, nothing in the log")
    func outsiders() async throws {
        let log = LogLines()
        let house = try await RealHouse(logger: log.logger)
        let owner = try await Resident("olgacanary7f3a", in: house)
        let gone = try await Resident("doracanary5b1e", in: house)
        _ = try await house.store.requestDeletion(of: gone.user, now: house.now)
        let outsiders = try await Outsiders(around: owner, gone: gone, in: house)
        let samples = MatrixSamples(owner: owner, secrets: .guessed)
        let rows: @Sendable () throws -> RowPicture = {
            try RowPicture(house.fixture.location, but: Bookkeeping.all).naming(owner.ids).without(
                outsiders.expiredSession.rawValue)
        }
        let before = try rows()

        try await house.server.makeApplication().test(.router) { client in
            for endpoint in house.server.endpoints() {
                let sample = try samples.sample(endpoint)
                for asker in Asker.allCases where asker != .otherUser || !sample.isStream {
                    guard let credentials = try await outsiders.credentials(of: asker, for: endpoint) else { continue }
                    let answer = try await client.send(sample, credentials)
                    expectNothing(of: [owner, gone], in: answer, "\(asker) \(sample.name)")
                    expectRefusal(of: asker, sample, answer)
                    guard asker == .otherUser, sample.namesObject else { continue }
                    let nowhere = try await client.send(sample.elsewhere, credentials)
                    #expect(nowhere.status == answer.status, "\(sample.name) tells that the object exists")
                }
                #expect(try rows().difference(from: before) == [], "\(sample.name) changed the owner's rows")
            }
        }
        #expect(log.all.count > 300)
        for canary in [owner.canary, gone.canary] { #expect(!log.all.contains { $0.contains(canary) }) }
    }

    /// What a stranger's request must end with.
    private func expectRefusal(of asker: Asker, _ sample: MatrixSamples.Sample, _ answer: TestResponse) {
        let what: Testing.Comment = "\(asker) \(sample.name) answered \(answer.status)"
        switch (asker, sample.endpoint.access) {
        case (_, .anyone) where sample.namesObject: #expect([.notFound, .seeOther].contains(answer.status), what)
        case (_, .anyone): break
        case (.wrongScope, _): #expect(answer.status == .forbidden, what)
        case (.otherUser, _) where sample.namesObject: #expect(answer.status == .notFound, what)
        case (.otherUser, _): #expect(answer.status != .internalServerError, what)
        default: #expect(answer.status == .unauthorized, what)
        }
    }

    private func expectNothing(of residents: [Resident], in answer: TestResponse, _ name: String) {
        let text = answer.text + answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        for resident in residents {
            #expect(!text.contains(resident.canary), "\(name) shows \(resident.canary)")
            #expect(!text.contains(resident.user.rawValue), "\(name) shows the user's id")
        }
    }

    /// Routes that cannot end well here: nobody else vouches for people, metrics are for the machine itself, and who waits
    /// for an account's end has none.
    private static let closed = [
        "GET /api/auth/oidc", "GET /api/auth/oidc/callback", "POST /api/auth/sync", "POST /api/webhooks/clerk",
        "GET /api/auth/deletions/{id}", "GET /farewell/{id}", "GET /metrics",
    ]

    @Test("every sample reaches its object when its owner asks, so that the matrix tries real ones")
    func owners() async throws {
        let library = try await RealHouse()
        let reader = try await Resident("olgacanary7f3a", in: library)
        for endpoint in library.server.endpoints() where !Self.closed.contains("\(endpoint.method) \(endpoint.path)") {
            guard endpoint.isWriting else {
                try await reaches(endpoint, of: reader, in: library)
                continue
            }
            let house = try await RealHouse()  // What is written is not there for the next.
            try await reaches(endpoint, of: try await Resident("olgacanary7f3a", in: house), in: house)
        }
    }

    private func reaches(_ endpoint: Endpoint, of owner: Resident, in house: RealHouse) async throws {
        let sample = try MatrixSamples(owner: owner, secrets: .init(of: owner, in: house)).sample(endpoint)
        guard !sample.isStream else { return }
        try await house.server.makeApplication().test(.router) { client in
            let answer = try await client.send(sample, [.cookie: owner.cookie])
            let what: Testing.Comment = "\(sample.name) answered \(answer.status): \(answer.text)"
            #expect((200..<400).contains(answer.status.code), what)
            guard !endpoint.isWriting, ["{id}", "{digest}"].contains(where: endpoint.path.contains) else { return }
            #expect(([owner.canary] + owner.ids).contains { answer.text.contains($0) }, what)
        }
    }
}

extension TestClientProtocol {
    func send(_ sample: MatrixSamples.Sample, _ credentials: HTTPFields) async throws -> TestResponse {
        try await execute(
            uri: sample.address, method: sample.endpoint.method, headers: sample.headers(credentials),
            body: sample.bytes
        ) { $0 }
    }
}
