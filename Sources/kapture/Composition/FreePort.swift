import Core
import Glibc

/// Ports that nobody listens on.
enum FreePort {
    /// A port that is free at this moment on 127.0.0.1: port 0 cannot stand in links, so it is settled before them.
    static func find() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw ValidationError(field: "port", rule: "must be given: no free one was found") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        guard found else { throw ValidationError(field: "port", rule: "must be given: no free one was found") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
