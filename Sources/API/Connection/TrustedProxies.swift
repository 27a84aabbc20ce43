import Core

/// Addresses in CIDR notation, such as `10.0.0.0/8`, or a single one.
package struct AddressRange: Sendable, Hashable {
    private let base: ClientAddress
    /// Of 128.
    private let prefix: Int

    /// `nil` when it is not one.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = ClientAddress(parts[0]) else { return nil }
        let longest = address.isIPv4 ? 32 : 128
        guard let length = parts.count == 1 ? longest : Int(parts[1]), (0...longest).contains(length) else {
            return nil
        }
        prefix = length + 128 - longest
        base = Self.masked(address, prefix)
    }

    func contains(_ address: ClientAddress) -> Bool {
        Self.masked(address, prefix) == base
    }

    /// Whether it holds every address of its kind.
    var isEverything: Bool { prefix == 0 || (base.isIPv4 && prefix == 96) }

    private static func masked(_ address: ClientAddress, _ prefix: Int) -> ClientAddress {
        func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? .max : ~(UInt64.max >> UInt64(bits)) }
        return ClientAddress(high: address.high & mask(prefix), low: address.low & mask(prefix - 64))
    }
}

/// The proxies whose word about a request's origin counts (`KAPTURE_TRUSTED_PROXIES`).
package struct TrustedProxies: Sendable, Hashable {
    private let ranges: [AddressRange]

    package static let none = TrustedProxies(ranges: [])

    private init(ranges: [AddressRange]) {
        self.ranges = ranges
    }

    /// A list of ranges, separated by commas or spaces; an empty one trusts nobody.
    package init(_ text: String) throws(ValidationError) {
        let words = text.split { $0 == "," || $0.isWhitespace }
        let ranges = words.map { AddressRange($0) }
        if let wrong = ranges.firstIndex(of: nil) {
            throw ValidationError(
                field: "KAPTURE_TRUSTED_PROXIES",
                rule: "must be addresses such as 10.0.0.0/8 or ::1, with commas between; \(words[wrong]) is none")
        }
        self.ranges = ranges.compactMap { $0 }
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// Whether anybody at all may say where a request comes from.
    package var trustsEverybody: Bool { ranges.contains { $0.isEverything } }

    package func contains(_ address: ClientAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// Where a request comes from: the peer, or when that is a trusted proxy, the rightmost address of `X-Forwarded-For`
    /// that is none. What stands left of it anybody could have written. An entry that is no address ends the search: the
    /// proxy that passed it on is all that is known.
    package func client(peer: ClientAddress, forwardedFor fields: [String]) -> ClientAddress {
        guard contains(peer) else { return peer }
        var client = peer
        let entries = fields.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for entry in entries.reversed() {
            guard let address = ClientAddress(forwarded: entry) else { return client }
            client = address
            guard contains(address) else { return client }
        }
        return client
    }
}
