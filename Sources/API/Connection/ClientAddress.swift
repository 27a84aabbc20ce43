#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An IP address, IPv4 in its IPv6 form (`::ffff:0:0/96`), so that both spellings of one address are one.
package struct ClientAddress: Sendable, Hashable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        (self.high, self.low) = (high, low)
    }

    /// Reads `192.0.2.1`, `2001:db8::1` and `fe80::1%eth0`; `nil` for everything else.
    package init?(_ text: some StringProtocol) {
        let bare = String(text.prefix { $0 != "%" })
        // inet_pton would read only up to a NUL.
        guard bare.utf8.count <= 45, !bare.utf8.contains(0) else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(UInt32(bigEndian: four.s_addr)))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, bare, &six) == 1 else { return nil }
        let words = withUnsafeBytes(of: six) { bytes in
            (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }

    /// Reads an entry of `X-Forwarded-For`: an address, perhaps with a port, perhaps in brackets.
    package init?(forwarded entry: some StringProtocol) {
        let text = FieldText.trimmed(String(entry))
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            self.init(text[text.index(after: text.startIndex)..<end])
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            self.init(text[..<colon])
        } else {
            self.init(text)
        }
    }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    package var description: String {
        if isIPv4 { return (0..<4).map { "\(low >> (24 - 8 * UInt64($0)) & 0xFF)" }.joined(separator: ".") }
        var six = in6_addr()
        withUnsafeMutableBytes(of: &six) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &six, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// What limits count by: one customer has a whole /64 of IPv6.
    package var network: String {
        isIPv4 ? description : ClientAddress(high: high, low: 0).description + "/64"
    }
}
