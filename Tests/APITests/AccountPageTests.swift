import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("The page of an account, and of its end")
struct AccountPageTests {
    @Test("shows the sessions and tokens of whoever asks; others are asked to sign in")
    func shown() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.mara)
        try await harness.test { client in
            let stranger = try await client.get("/settings/account/")
            #expect(stranger.status == .seeOther && stranger.headers[.location]?.hasPrefix("/sign-in/?next=") == true)
            let page = try await client.get("/settings/account/", [.cookie: cookie])
            #expect(page.status == .ok && page.headers[.cacheControl]?.contains("no-store") == true)
            #expect(page.text.contains("overview of mara@example.com") && page.text.contains("sessions=1 tokens=0"))
        }
    }

    @Test("a form on it leads back to it")
    func next() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let answer = try await client.post(
                "/api/auth/profile", form: "name=Anna&time_zone=UTC&next=%2Fsettings%2Faccount%2F", cookie)
            #expect(answer.status == .seeOther && answer.headers[.location] == "/settings/account/")
        }
    }

    @Test("the end of an account is told to whoever knows its job, and to nobody else")
    func ending() async throws {
        let harness = try await Harness()
        let cookie: HTTPFields = [.cookie: try await harness.cookie(of: harness.anna)]
        try await harness.test { client in
            let done = try await client.delete("/api/auth/user", cookie)
            #expect(done.status == .accepted)
            let job = try #require(done.json["data"]?["job_id"]?.text)
            #expect(done.json["data"]?["status"] == .text("pending"))
            #expect(try await client.get("/api/auth/deletions/\(job)").json["data"]?["status"] == .text("pending"))
            harness.accounts.finishDeletions()
            #expect(try await client.get("/api/auth/deletions/\(job)").json["data"]?["status"] == .text("completed"))
            let page = try await client.get("/farewell/\(job)/")
            #expect(page.status == .ok && page.text.contains("farewell completed"))
            for other in ["01990000-0000-7000-8000-000000000001", "x"] {
                #expect(try await client.get("/farewell/\(other)/").status == .notFound)
            }
        }
    }
}
