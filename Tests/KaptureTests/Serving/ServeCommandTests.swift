import Foundation
import TestSupport
import Testing

@Suite("kapture serve", .timeLimit(.minutes(2)))
struct ServeCommandTests {
    @Test("It serves once it says so; the first account is told how to be made; SIGTERM ends it with 0")
    func serve() async throws {
        let house = try House()
        let (server, address) = try await Running.serve(house.options, in: house.path)

        let ready = try await Page.get(address + "/health/ready")
        let landing = try await Page.get(address + "/")
        let map = try await Page.get(address + "/sitemap.xml")
        #expect(ready.status == 200 && landing.status == 200)
        #expect(map.body.contains("<loc>\(address)/pricing/</loc>"), "links are built from the port that was found")
        #expect(try await server.log.first("Create the first at ").contains("\(address)/sign-up/"))
        #expect(try await server.log.first("needs this code: ").contains(#/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/#))
        server.signal(SIGTERM)
        #expect(try await server.status() == 0)
    }

    @Test("A taken port names where it was chosen and the address, for serve and demo, and nothing was begun")
    func takenPort() async throws {
        let house = try House()
        let (server, address) = try await Running.serve(house.options, in: house.path)
        let port = String(address.split(separator: ":").last ?? "")

        for command in ["serve", "demo"] {
            let other = try House()
            let outcome = try await other.kapture(command, "--port", port)
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(
                outcome.complaint == "Error: --port must be free, but another program listens on 127.0.0.1:\(port)")
            #expect(!FileManager.default.fileExists(atPath: other.data))
        }
        let named = try await House().kapture("serve", environment: ["KAPTURE_PORT": port])
        #expect(
            named.complaint == "Error: KAPTURE_PORT must be free, but another program listens on 127.0.0.1:\(port)")
        #expect(try await Page.get(address + "/health/live").status == 200)
        server.signal(SIGTERM)
        #expect(try await server.status() == 0)
    }

    @Test("A host that this machine does not have names the setting")
    func foreignHost() async throws {
        let house = try House()
        let outcome = try await house.kapture(
            "serve", "--port", "0", "--host", "192.0.2.1", environment: ["KAPTURE_URL": "https://kapture.example"])

        #expect(outcome.status == 1)
        #expect(outcome.complaint == "Error: --host must be an address of this machine, not 192.0.2.1")
    }

    @Test("A host's name that nothing knows names the setting, whether or not an address is given")
    func unknownHost() async throws {
        let (house, host) = (try House(), "nohost.invalid")
        let alone = try await house.kapture("serve", "--port", "0", environment: ["KAPTURE_HOST": host])
        let asked = try await house.kapture("serve", "--port", "0", "--host", host)
        let reached = try await house.kapture(
            "serve", "--port", "0", environment: ["KAPTURE_HOST": host, "KAPTURE_URL": "https://kapture.example"])

        let rule =
            "must be a loopback or private address such as 127.0.0.1 unless KAPTURE_URL says where people reach it, "
            + "not nohost.invalid"
        #expect(alone.status == 1 && alone.complaint == "Error: KAPTURE_HOST \(rule)")
        #expect(asked.status == 1 && asked.complaint == "Error: --host \(rule)")
        #expect(reached.status == 1)
        #expect(
            reached.complaint
                == "Error: KAPTURE_HOST must be an address of this machine or a name for one, not nohost.invalid")
    }

    @Test("A request in flight is answered before SIGTERM ends the program, with 0; idle connections are closed")
    func inFlight() async throws {
        let house = try House()
        try await house.fill()
        let (server, address) = try await Running.serve(house.options, in: house.path)
        let host = address.replacing("http://", with: "")
        let body = #"{"email":"mara@example.com","password":"not the password"}"#
        let idle = try Wire(to: address)
        let busy = try Wire(to: address)

        try busy.send(
            "POST /api/auth/sign-in HTTP/1.1\r\nHost: \(host)\r\nOrigin: \(address)\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body.prefix(20))")
        try await busy.isRead()
        server.signal(SIGTERM)
        #expect(await idle.received().isEmpty)
        try busy.send(String(body.dropFirst(20)))
        let answer = await busy.received()

        #expect(answer.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"), "\(answer.prefix(200))")
        #expect(answer.contains("\"UNAUTHORIZED\""))
        #expect(try await server.status() == 0)
    }
}
