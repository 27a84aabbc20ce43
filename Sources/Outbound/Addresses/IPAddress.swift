import Glibc

/// An IPv4 (4 bytes) or IPv6 (16 bytes) address in network order.
package struct IPAddress: Sendable, Hashable {
    package let bytes: [UInt8]

    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        bytes = [a, b, c, d]
    }

    /// `nil` for anything but 4 or 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }
}

/// Where a socket is about to connect to.
package struct SocketEndpoint: Sendable, Hashable {
    package let address: IPAddress
    package let port: Int

    package init(_ address: IPAddress, port: Int) {
        (self.address, self.port) = (address, port)
    }

    /// Reads what the kernel would connect to; `nil` for any family but IPv4 and IPv6, and for a length that is too short.
    init?(_ pointer: UnsafePointer<sockaddr>, length: Int) {
        let raw = UnsafeRawPointer(pointer)
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            var address = raw.loadUnaligned(as: sockaddr_in.self)
            let bytes = withUnsafeBytes(of: &address.sin_addr) { [UInt8]($0) }
            self.init(bytes, port: address.sin_port)
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            var address = raw.loadUnaligned(as: sockaddr_in6.self)
            let bytes = withUnsafeBytes(of: &address.sin6_addr) { [UInt8]($0) }
            self.init(bytes, port: address.sin6_port)
        default:
            return nil
        }
    }

    private init?(_ bytes: [UInt8], port: in_port_t) {
        guard let address = IPAddress(bytes: bytes) else { return nil }
        self.init(address, port: Int(UInt16(bigEndian: port)))
    }
}
