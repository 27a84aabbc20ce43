import Foundation
import Testing

/// A bare connection to a server on this machine: what browsers do not do, such as stopping in the middle of a request.
final class Wire: Sendable {
    private let descriptor: Int32
    private let ports: (client: UInt16, server: UInt16)

    init(to address: String) throws {
        let port = try #require(UInt16(address.split(separator: ":").last ?? ""))
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        (name.sin_addr.s_addr, name.sin_port) = (UInt32(0x7F00_0001).bigEndian, port.bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isOpen = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                connect(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        ports = (UInt16(bigEndian: name.sin_port), port)
        try #require(isOpen, "nobody listens on \(address)")
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        try #require(write(descriptor, text, text.utf8.count) == text.utf8.count)
    }

    /// Everything that the server sends until it closes the connection.
    func received() async -> String {
        let descriptor = descriptor
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 64 << 10))
                while case let count = read(descriptor, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
        }
    }

    /// Returns once the server has accepted the connection and read all that was sent: its receive queue, as the kernel
    /// shows it, is empty.
    func isRead() async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let rows = try connections()
            let row = rows.first { $0[1].hasSuffix(hex(ports.server)) && $0[2].hasSuffix(hex(ports.client)) }
            if row?[4].hasSuffix(":00000000") == true { return }
            try #require(ContinuousClock.now < deadline, "\(ports) not read: \(rows)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The kernel's rows about the server's port: number, local and remote address, state, queues …
    private func connections() throws -> [[Substring]] {
        // The kernel gives a page at a time: reading the file's "size" would miss the rest.
        let file = try #require(FileHandle(forReadingAtPath: "/proc/net/tcp"))
        let table = String(decoding: file.readDataToEndOfFile(), as: UTF8.self)
        let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        return rows.filter {
            $0.count > 4 && ($0[1].hasSuffix(hex(ports.server)) || $0[2].hasSuffix(hex(ports.server)))
        }
    }

    private func hex(_ port: UInt16) -> String {
        let digits = String(port, radix: 16, uppercase: true)
        return ":" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
