import Core
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

/// Behind nginx: Kapture answers with the address of the file, nginx sends it.
@Suite("Answer through nginx")
struct AccelRedirectTests {
    private func through() async throws -> Harness { try await Harness { $0.accelRedirect = true } }

    @Test(
        "names the file of the page, which an internal location serves",
        arguments: ["/", "/help/", "/sign-in/", "/dashboard/"])
    func pages(address: String) async throws {
        let harness = try await through()
        let cookie = address == "/sign-in/" ? "" : try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            for headers in [[.cookie: cookie], [.cookie: cookie, .acceptEncoding: "gzip"]] as [HTTPFields] {
                for answer in [try await client.get(address, headers), try await client.head(address, headers)] {
                    #expect(answer.status == .ok)
                    #expect(answer.headers[.xAccelRedirect] == APISettings.accelPrefix + "e0/aa/key\(address)page.html")
                    #expect(answer.text.isEmpty && answer.headers[.contentEncoding] == nil)
                }
            }
        }
    }

    @Test("carries the headers that the page has without nginx", arguments: ["/", "/help/", "/dashboard/"])
    func sameHeaders(address: String) async throws {
        var answers: [[String: String]] = []
        for harness in [try await through(), try await Harness()] {
            let cookie = try await harness.cookie(of: harness.anna)
            let answer = try await harness.server.makeApplication().test(.router) { client in
                try await client.get(address, [.cookie: cookie])
            }
            var headers = answer.headers
            for name in [HTTPField.Name.xAccelRedirect, .contentLength, .xRequestID] { headers[name] = nil }
            answers.append(Dictionary(headers.map { ($0.name.canonicalName, $0.value) }) { $0 + $1 })
        }
        #expect(answers[0] == answers[1] && answers[0].count > 8)
    }

    @Test("is never given to strangers, to forms, to assets or for what is not there")
    func never() async throws {
        let harness = try await through()
        let asset = try #require(AssetStore(files: ["logo.png": Array(0...255)]).addresses["logo.png"])

        try await harness.test { client in
            for address in [
                "/dashboard/", "/nothing/", asset, "/status.json", "/health/ready", "/sign-in/?next=/trends/",
            ] {
                let answer = try await client.get(address)
                #expect(answer.headers[.xAccelRedirect] == nil, "\(address)")
            }
            #expect(try await client.get(asset).body.readableBytes == 256)
        }
    }

    @Test("is not made by a header that the client sends")
    func forged() async throws {
        let harness = try await Harness()
        try await harness.test { client in
            let forged: HTTPFields = [.xAccelRedirect: "/sites/other"]
            let answer = try await client.get("/help/", forged)
            #expect(answer.headers[.xAccelRedirect] == nil && answer.text == "help")
        }
    }

    @Test("names each owner's own file, also where two pages are equal", .timeLimit(.minutes(5)))
    func owners() async throws {
        let harness = try await through()
        for user in [harness.anna, harness.boris] { harness.sites.set("/library/", of: .user(user), to: "equal") }
        let cookies = try await [harness.cookie(of: harness.anna), harness.cookie(of: harness.boris)]

        try await harness.test(.live) { client in
            for cookie in cookies + cookies {
                let answer = try await client.get("/library/", [.cookie: cookie])
                #expect(answer.headers[.xAccelRedirect] == "/sites/e0/aa/key/library/page.html")
                #expect(answer.headers[.cacheControl] == "private, no-cache")
            }
        }
    }
}
