import Glibc
import TestSupport
import Testing

@testable import Outbound

@Suite("Address policy")
struct AddressPolicyTests {
    @Test(
        "refuses what is not the public internet",
        arguments: [
            "0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
            "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
            "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255",
            "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "64:ff9b::127.0.0.1",
            "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "100::1", "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
            "2002:7f00:1::", "2002:808:808::", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
            "fec0::1", "ff02::1",
        ])
    func refused(text: String) throws {
        let address = try #require(Self.address(text))

        #expect(!AddressPolicy.publicOnly.allows(SocketEndpoint(address, port: 80)))
    }

    @Test(
        "allows the public internet, up to the edges of every range",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255",
            "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
            "198.51.99.255", "203.0.114.0", "223.255.255.255",
            "2001:4860:4860::8888", "2001:200::1", "2003::1", "2606:4700:4700::1111", "2a00:1450::1", "3ffe::1",
            "64:ff9b::8.8.8.8",
        ])
    func allowed(text: String) throws {
        let address = try #require(Self.address(text))

        #expect(AddressPolicy.publicOnly.allows(SocketEndpoint(address, port: 443)))
    }

    @Test("takes exceptions with their port alone")
    func exceptions() {
        let here = IPAddress(127, 0, 0, 1)
        let policy = AddressPolicy(allowing: [SocketEndpoint(here, port: 8080)])

        #expect(policy.allows(SocketEndpoint(here, port: 8080)))
        #expect(!policy.allows(SocketEndpoint(here, port: 8081)))
        #expect(!policy.allows(SocketEndpoint(IPAddress(127, 0, 0, 2), port: 8080)))
    }

    @Test("agrees with arithmetic on 32 bits for random addresses")
    func random() {
        var source = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        let blocks: [(UInt32, UInt32)] = [
            (0, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA83F_8110, 32), (0xA9FE_0000, 16),
            (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
            (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
        ]

        for _ in 0..<20_000 {
            // Half of them near a block's edge.
            let edge = blocks[Int.random(in: 0..<blocks.count, using: &source)].0
            let near = edge &+ UInt32.random(in: 0...4, using: &source) &- 2
            let value = Bool.random(using: &source) ? near : UInt32.random(in: 0...(.max), using: &source)
            let isReserved = blocks.contains { base, bits in (value ^ base) >> (32 - bits) == 0 }
            let bytes = withUnsafeBytes(of: value.bigEndian) { [UInt8]($0) }
            #expect(IPAddress(bytes: bytes).map(AddressPolicy.isPublic) == !isReserved, "seed \(source.seed): \(bytes)")
        }
    }

    @Test("reads a socket address as the kernel does, and no other family")
    func socketAddresses() {
        var v4 = sockaddr_in()
        (v4.sin_family, v4.sin_port) = (sa_family_t(AF_INET), UInt16(80).bigEndian)
        v4.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        #expect(Self.endpoint(&v4) == SocketEndpoint(IPAddress(127, 0, 0, 1), port: 80))
        var v6 = sockaddr_in6()
        (v6.sin6_family, v6.sin6_port) = (sa_family_t(AF_INET6), UInt16(443).bigEndian)
        #expect(
            Self.endpoint(&v6)
                == IPAddress(bytes: [UInt8](repeating: 0, count: 16)).map { SocketEndpoint($0, port: 443) })
        var other = sockaddr_un()
        other.sun_family = sa_family_t(AF_UNIX)
        #expect(Self.endpoint(&other) == nil)
        #expect(Self.endpoint(&v6, length: 16) == nil)
    }

    private static func endpoint<Address>(_ address: inout Address, length: Int? = nil) -> SocketEndpoint? {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketEndpoint($0, length: length ?? MemoryLayout<Address>.size)
            }
        }
    }

    private static func address(_ text: String) -> IPAddress? {
        var (v4, v6) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &v4) == 1 { return IPAddress(bytes: withUnsafeBytes(of: v4) { [UInt8]($0) }) }
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        return IPAddress(bytes: withUnsafeBytes(of: v6) { [UInt8]($0) })
    }
}
