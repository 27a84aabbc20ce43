/// Which addresses may be connected on behalf of strangers: those of the public internet.
///
/// Judges the socket address itself, after every spelling (`127.1`, `0x7f000001`, a name) has become one.
/// Source of the ranges: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its successors).
package struct AddressPolicy: Sendable {
    package static let publicOnly = AddressPolicy(allowing: [])

    private let exceptions: Set<SocketEndpoint>

    /// Besides the public internet, exactly these endpoints: for tests, whose servers are on this machine.
    package init(allowing exceptions: Set<SocketEndpoint>) {
        self.exceptions = exceptions
    }

    package func allows(_ endpoint: SocketEndpoint) -> Bool {
        exceptions.contains(endpoint) || Self.isPublic(endpoint.address)
    }

    static func isPublic(_ address: IPAddress) -> Bool {
        guard address.bytes.count == 16 else { return !reservedIPv4.contains { $0.contains(address) } }
        if translated.contains(address) {
            return IPAddress(bytes: Array(address.bytes.suffix(4))).map(isPublic) ?? false
        }
        return globalUnicast.contains(address) && !reservedIPv6.contains { $0.contains(address) }
    }

    private static let reservedIPv4: [AddressRange] = [
        AddressRange([0], 8),  // this network
        AddressRange([10], 8),
        AddressRange([100, 64], 10),  // carrier-grade NAT, and the metadata service of Alibaba
        AddressRange([127], 8),
        AddressRange([168, 63, 129, 16], 32),  // Azure's host agent, on a public address
        AddressRange([169, 254], 16),  // link-local, and the metadata services of most clouds
        AddressRange([172, 16], 12),
        AddressRange([192, 0, 0], 24),  // protocol assignments, and Oracle's metadata service
        AddressRange([192, 0, 2], 24),
        AddressRange([192, 88, 99], 24),  // 6to4 relays
        AddressRange([192, 168], 16),
        AddressRange([198, 18], 15),
        AddressRange([198, 51, 100], 24),
        AddressRange([203, 0, 113], 24),
        AddressRange([224], 4),  // multicast
        AddressRange([240], 4),  // reserved, and broadcast
    ]

    /// NAT64 (RFC 6052), as networks without IPv4 reach it: the last four bytes are what counts.
    private static let translated = AddressRange([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96)

    /// All that is public in IPv6. Outside are loopback, mapped and compatible IPv4, unique local, link-local, multicast.
    private static let globalUnicast = AddressRange([0x20], 3)

    private static let reservedIPv6: [AddressRange] = [
        AddressRange([0x20, 0x01, 0x00], 23),  // protocol assignments: Teredo (which embeds IPv4), ORCHID, benchmarks
        AddressRange([0x20, 0x01, 0x0D, 0xB8], 32),
        AddressRange([0x20, 0x02], 16),  // 6to4, which embeds IPv4
        AddressRange([0x3F, 0xFF, 0x00], 20),  // documentation
    ]
}

/// All addresses that begin with the same bits.
struct AddressRange: Sendable {
    private let prefix: [UInt8]
    private let bits: Int

    /// Bytes that are not given are 0.
    init(_ prefix: [UInt8], _ bits: Int) {
        (self.prefix, self.bits) = (prefix, bits)
    }

    /// Says nothing about the family: ranges of IPv4 are asked about IPv4 only.
    func contains(_ address: IPAddress) -> Bool {
        (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            let expected = bit / 8 < prefix.count ? prefix[bit / 8] : 0
            return address.bytes[bit / 8] & mask == expected & mask
        }
    }
}
