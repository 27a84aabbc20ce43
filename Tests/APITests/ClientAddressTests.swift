import Core
import Testing

@testable import API

@Suite("Client addresses")
struct ClientAddressTests {
    @Test(
        "read every spelling of an address, and write it one way",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:DB8:0:0::1", "2001:db8::1"),
            ("::1", "::1"), ("::", "::"), ("fe80::1%eth0", "fe80::1"), ("0.0.0.0", "0.0.0.0"),
        ])
    func spelling(text: String, written: String) {
        #expect(ClientAddress(text)?.description == written)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", " ", "unknown", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4x", "1.2.3.4/8", "::1::", "example.com",
            "12345", "-1.2.3.4", String(repeating: "1", count: 5000), "1.2.3.4\u{0}", "١.٢.٣.٤",
        ])
    func nonsense(text: String) {
        #expect(ClientAddress(text) == nil)
    }

    @Test(
        "come with ports and brackets in X-Forwarded-For",
        arguments: [
            ("1.2.3.4:80", "1.2.3.4"), ("[2001:db8::1]:443", "2001:db8::1"), ("[::1]", "::1"),
            (" 1.2.3.4\t", "1.2.3.4"),
            ("2001:db8::2", "2001:db8::2"), ("_hidden", nil), ("[1.2.3.4", nil), (":80", nil), ("", nil),
        ])
    func forwarded(entry: String, written: String?) {
        #expect(ClientAddress(forwarded: entry)?.description == written)
    }

    @Test("are counted one by one, of IPv6 by the network that a customer has")
    func network() {
        #expect(ClientAddress("192.0.2.7")?.network == "192.0.2.7")
        #expect(ClientAddress("2001:db8:1:2:aaaa::1")?.network == "2001:db8:1:2::/64")
        #expect(ClientAddress("2001:db8:1:2:bbbb::2")?.network == "2001:db8:1:2::/64")
    }
}

@Suite("Trusted proxies")
struct TrustedProxyTests {
    private func client(_ proxies: String, _ peer: String, _ fields: [String]) throws -> String {
        let peer = try #require(ClientAddress(peer))
        return try TrustedProxies(proxies).client(peer: peer, forwardedFor: fields).description
    }

    @Test(
        "say where a request comes from: the rightmost address that is none of them",
        arguments: [
            ("203.0.113.9", ["1.1.1.1"], "203.0.113.9"),
            ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
            ("10.0.0.1", ["6.6.6.6, 203.0.113.9, 10.2.3.4"], "203.0.113.9"),
            ("10.0.0.1", ["6.6.6.6", "203.0.113.9", "10.2.3.4:99"], "203.0.113.9"),
            ("10.0.0.1", ["10.9.9.9, 10.8.8.8"], "10.9.9.9"),
            ("::ffff:10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("fd00::1", ["2001:db8::5"], "2001:db8::5"),
        ])
    func rightmost(peer: String, fields: [String], expected: String) throws {
        #expect(try client("10.0.0.0/8, fd00::/8", peer, fields) == expected)
    }

    @Test(
        "whose entries are no addresses leave only themselves",
        arguments: [
            (["6.6.6.6, junk"], "10.0.0.1"), (["6.6.6.6, , 10.2.2.2"], "10.2.2.2"), ([""], "10.0.0.1"),
            ([",,,"], "10.0.0.1"), (["unknown"], "10.0.0.1"), (["6.6.6.6, 300.1.1.1, 203.0.113.9"], "203.0.113.9"),
        ])
    func malformed(fields: [String], expected: String) throws {
        #expect(try client("10.0.0.0/8", "10.0.0.1", fields) == expected)
    }

    @Test("without any, nobody's word counts")
    func nobody() throws {
        #expect(try client("", "127.0.0.1", ["1.1.1.1"]) == "127.0.0.1")
        #expect(try TrustedProxies(" , ").isEmpty)
    }

    @Test(
        "are given as addresses or ranges, anything else is refused by name",
        arguments: [
            "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.1/-1", "10.0.0.1/", "proxy.example", "10.0.0.1/8/8", "/8",
            "::1, nonsense",
        ])
    func settings(text: String) {
        let error = #expect(throws: ValidationError.self) { try TrustedProxies(text) }
        #expect(error?.field == "KAPTURE_TRUSTED_PROXIES")
    }

    @Test(
        "that hold every address are noticed", arguments: [("0.0.0.0/0", true), ("::/0", true), ("0.0.0.0/1", false)])
    func everybody(text: String, expected: Bool) throws {
        #expect(try TrustedProxies(text).trustsEverybody == expected)
    }

    @Test(
        "match exactly to the bit",
        arguments: [
            ("192.168.4.0/22", "192.168.7.255", "192.168.8.0"),
            ("2001:db8:8000::/33", "2001:db8:ffff::1", "2001:db8:7fff::1"),
        ])
    func bits(range: String, inside: String, outside: String) throws {
        let proxies = try TrustedProxies(range)
        #expect(proxies.contains(try #require(ClientAddress(inside))))
        #expect(!proxies.contains(try #require(ClientAddress(outside))))
    }
}
