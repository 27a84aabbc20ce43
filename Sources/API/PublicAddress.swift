import Core

/// The one address under which people reach this installation (`KAPTURE_URL`): scheme, host and port, no path.
///
/// Links, origin checks, mails and feeds are built from it, never from a request's Host header.
package struct PublicAddress: Sendable, Hashable, CustomStringConvertible {
    package let isSecure: Bool
    /// Lower-case, without port; an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int

    /// Accepts `https://host[:port]`, and `http://` only for loopback and private addresses: without TLS a session
    /// cookie must not cross a network.
    package init(_ text: String) throws(ValidationError) {
        let lowered = text.lowercased()
        let isSecure = lowered.hasPrefix("https://")
        guard isSecure || lowered.hasPrefix("http://") else {
            throw Self.problem("must start with https:// or http://")
        }
        var rest = lowered.dropFirst(isSecure ? 8 : 7)
        if rest.hasSuffix("/") { rest.removeLast() }
        let (host, portText) = Self.split(rest)
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else {
            throw Self.problem("must be a scheme, a host and at most a port, such as https://kapture.example")
        }
        let port = portText.map { Int($0) ?? 0 } ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else {
            throw Self.problem("must have a port from 1 to 65535")
        }
        (self.isSecure, self.host, self.port) = (isSecure, String(host), port)
        guard isSecure || isLoopback || HostKind.isPrivate(self.host) else {
            throw Self.problem("must be https:// unless its host is a loopback or private address")
        }
    }

    package var isLoopback: Bool { HostKind.isLoopback(host) }

    /// As browsers write it in `Origin`: no default port, no slash at the end.
    package var origin: String { "\(isSecure ? "https" : "http")://\(authority(of: host))" }

    package var description: String { origin }

    /// The values of `Host` that mean this installation; on a loopback address, its other names too.
    package var authorities: [String] { names.map(authority(of:)) }

    /// The values of `Origin` that mean this installation.
    package var origins: [String] { authorities.map { "\(isSecure ? "https" : "http")://\($0)" } }

    private var names: [String] {
        let aliases = isLoopback ? ["localhost", "127.0.0.1", "[::1]"] : []
        return [host] + aliases.filter { $0 != host }
    }

    private func authority(of name: String) -> String {
        port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    private static func problem(_ rule: String) -> ValidationError { ValidationError(field: "KAPTURE_URL", rule: rule) }

    private static func split(_ text: Substring) -> (host: Substring, port: Substring?) {
        let end = text.hasPrefix("[") ? text.firstIndex(of: "]") : nil
        guard let colon = text[(end ?? text.startIndex)...].firstIndex(of: ":") else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"): true
        default: false
        }
    }
}

/// What kind of network a literal address belongs to. Names other than `localhost` are public: they could be anything.
enum HostKind {
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || bare(host) == "::1" || ipv4(host)?.first == 127
    }

    /// RFC 1918, link-local and carrier-grade ranges, and IPv6 unique and link-local addresses.
    static func isPrivate(_ host: String) -> Bool {
        if let octets = ipv4(host) {
            switch (octets[0], octets[1]) {
            case (10, _), (192, 168), (169, 254), (172, 16...31), (100, 64...127): return true
            default: return false
            }
        }
        let address = bare(host)
        guard address.contains(":") else { return false }
        return address.hasPrefix("fc") || address.hasPrefix("fd") || address.hasPrefix("fe80:")
    }

    private static func bare(_ host: String) -> Substring {
        host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host[...]
    }

    private static func ipv4(_ host: String) -> [UInt8]? {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let octets = parts.compactMap { UInt8($0) }
        return parts.count == 4 && octets.count == 4 ? octets : nil
    }
}
