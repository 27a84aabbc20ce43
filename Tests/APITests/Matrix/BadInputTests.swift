import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import TestSupport
import Testing

@testable import API

@Suite("Bad input")
struct BadInputTests {
    /// A body that no route takes, and what the answer says of it.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var type = "application/json"
        var status = HTTPResponse.Status.badRequest
        /// What the message must hold.
        let rule: String
        let body: @Sendable (Endpoint) -> String
    }

    static let all = [
        Bad(testDescription: "malformed JSON", rule: "body must be ") { _ in "{\"title\": " },
        Bad(testDescription: "a list", rule: "body must be a JSON object") { _ in "[1]" },
        Bad(testDescription: "an unknown field", rule: "surprise is not known here") { _ in "{\"surprise\":1}" },
        Bad(
            testDescription: "no UTF-8", type: "application/x-www-form-urlencoded", status: .unprocessableContent,
            rule: "must be UTF-8 text"
        ) { _ in "a=%FF" },
        Bad(
            testDescription: "another type", type: "text/plain", status: .unsupportedMediaType,
            rule: "Send application/json"
        ) {
            _ in "title"
        },
        Bad(testDescription: "10 MB", status: .contentTooLarge, rule: "The body is larger than") { _ in
            "{\"title\":\"\(String(repeating: "a", count: 10_000_000))\"}"
        },
    ]

    private func writing(_ house: RealHouse) -> [Endpoint] {
        house.server.endpoints().filter { endpoint in
            endpoint.isWriting && (endpoint.bodyLimit != nil || endpoint.fields.contains { $0.place == .body })
        }
    }

    @Test("of every kind is refused by every route with its rule, and changes no row", arguments: all)
    func refused(bad: Bad) async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        let samples = MatrixSamples(owner: owner, secrets: .init(of: owner, in: house))
        let before = try RowPicture(house.fixture.location, but: Bookkeeping.all)
        try await house.server.makeApplication().test(.router) { client in
            for endpoint in writing(house) {
                let sample = try samples.sample(endpoint)
                let answer = try await client.send(
                    endpoint.method, sample.address, bad.body(endpoint), bad.type, [.cookie: owner.cookie])
                #expect(answer.status == bad.status, "\(sample.name): \(answer.text.prefix(300))")
                #expect(answer.text.contains(bad.rule), "\(sample.name): \(answer.text.prefix(300))")
            }
        }
        #expect(try RowPicture(house.fixture.location, but: Bookkeeping.all).difference(from: before) == [])
    }

    @Test("of a wrong type is named, each field of it, and changes no row")
    func wrongTypes() async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        let samples = MatrixSamples(owner: owner, secrets: .init(of: owner, in: house))
        let before = try RowPicture(house.fixture.location, but: Bookkeeping.all)
        try await house.server.makeApplication().test(.router) { client in
            for endpoint in writing(house) {
                let (sample, names) = (
                    try samples.sample(endpoint), endpoint.fields.filter { $0.place == .body }.map(\.name)
                )
                guard !names.isEmpty else { continue }
                let body = "{" + names.map { "\"\($0)\":{\"a\":[]}" }.joined(separator: ",") + "}"
                let answer = try await client.send(
                    endpoint.method, sample.address, body, "application/json", [.cookie: owner.cookie])
                let named = answer.json["error"]?["details"]?.array?.compactMap { $0["field"]?.text } ?? []
                #expect(
                    answer.status == .badRequest && Set(names).isSubset(of: named), "\(sample.name): \(answer.text)")
            }
        }
        #expect(try RowPicture(house.fixture.location, but: Bookkeeping.all).difference(from: before) == [])
    }

    @Test("is not what looks unusual: emoji, right-to-left and combined letters come back byte for byte")
    func unusual() async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        let title = "👩🏽‍💻🏳️‍🌈 שלום مرحبا \u{202E}kcab e\u{301} 漢字 <b>&amp;</b>"
        try await house.server.makeApplication().test(.router) { client in
            var writer = JSONWriter()
            writer.value(.object(["title": .text(title), "tags": .array([.text("שלום")])]))
            let made = try await client.post(
                "/api/ideaboards", json: String(decoding: writer.bytes, as: UTF8.self), [.cookie: owner.cookie])
            #expect(
                made.status == .created && made.json["data"]?["title"]?.text?.utf8.elementsEqual(title.utf8) == true)
            let id = try #require(made.json["data"]?["id"]?.text)
            let page = try await client.get("/ideaboards/\(id)/", [.cookie: owner.cookie])
            #expect(page.status == .ok && page.text.contains("👩🏽‍💻🏳️‍🌈 שלום مرحبا"))
            #expect(!page.text.contains("<b>&amp;</b>"), "what was typed is text, not markup")
        }
    }

    @Test("of 10 MB is refused over the wire before it is sent")
    func announced() async throws {
        let house = try await RealHouse()
        let owner = try await Resident("olgacanary7f3a", in: house)
        try await house.server.makeApplication().test(.live) { client in
            let head = """
                POST /api/ideaboards HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: \(owner.cookie)\r\n\
                Content-Type: application/json\r\nContent-Length: 10485760\r\nConnection: close\r\n\r\n
                """
            let answer = try await PlainSocket.exchange(client.port, [head + "{"])
            #expect(answer.hasPrefix("HTTP/1.1 413") && answer.contains("PAYLOAD_TOO_LARGE"), "\(answer.prefix(200))")
        }
    }
}
