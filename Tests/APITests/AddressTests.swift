import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Public address")
struct AddressTests {
    @Test(
        "is a scheme, a host and at most a port",
        arguments: [
            ("https://kapture.example", "https://kapture.example"),
            ("HTTPS://Kapture.Example:443/", "https://kapture.example"),
            ("https://kapture.example:8443", "https://kapture.example:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:80", "http://localhost"), ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://192.168.1.5", "http://192.168.1.5"), ("http://10.0.0.1:81", "http://10.0.0.1:81"),
            ("http://172.20.0.3", "http://172.20.0.3"), ("http://[fd00::1]", "http://[fd00::1]"),
            ("http://app.localhost", "http://app.localhost"),
        ])
    func good(text: String, origin: String) throws {
        #expect(try PublicAddress(text).origin == origin)
    }

    @Test(
        "is refused otherwise, above all plain http across a network",
        arguments: [
            "", "kapture.example", "ftp://a", "https://", "https://a/b", "https://a?b", "https://a:0",
            "https://a:70000",
            "https://a:b", "https://u@a", "https://a b", "http://kapture.example", "http://8.8.8.8",
            "http://172.32.0.1",
            "http://fd-example.com", "http://10.0.0.1.evil.example", "http://[2001:db8::1]", "http://::1",
            "https://ä.example",
        ])
    func bad(text: String) {
        #expect { try PublicAddress(text) } throws: { ($0 as? ValidationError)?.field == "KAPTURE_URL" }
    }

    @Test(
        "decides for which hosts the server answers",
        arguments: [
            ("http://localhost:8080", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:8080"]),
            ("http://127.0.0.1", ["127.0.0.1", "localhost"]),
            ("https://kapture.example", ["kapture.example", "Kapture.Example"]),
            ("http://192.168.1.5:81", ["192.168.1.5:81"]),
        ])
    func hosts(address: String, names: [String]) throws {
        let hosts = HostList(try PublicAddress(address))

        for name in names { #expect(hosts.contains(name)) }
        for name in ["", "evil.example", names[0] + ".evil.example", "x" + names[0], names[0] + ":1", "localhost:1"] {
            #expect(!hosts.contains(name))
        }
    }

    @Test(
        "is the only one that is answered, but for health checks",
        arguments: [
            ("/", 421), ("/dashboard/", 421), ("/api/auth/sign-in", 421), ("/status.json", 421), ("/nothing", 421),
            ("/healthy", 421), ("/health/live", 200), ("/health/ready", 200),
        ])
    func misdirected(path: String, status: Int) async throws {
        let harness = try await Harness(at: "https://kapture.example")  // The test client says Host: localhost.

        try await harness.test { client in
            let answer = try await client.get(path)
            #expect(answer.status.code == status)
            AnswerTests.expectSecurity(answer.headers, isSecure: true)
        }
    }
}
