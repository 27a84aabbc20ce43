import NIOCore

/// Turns new connections away from a socket that goes on listening, so that those already made can be accepted.
///
/// Linux alone knows how: a filter of the socket (classic BPF, socket(7) SO_ATTACH_FILTER) drops every segment that asks
/// for a connection. Its sender asks again within a second, and is refused once the socket is closed.
enum NewConnections {
    /// `struct sock_filter`.
    private struct Instruction {
        let code: UInt16
        let whenTrue: UInt8
        let whenFalse: UInt8
        let operand: UInt32
    }

    /// `struct sock_fprog`, with the address as a number, so that it may cross to the event loop.
    private struct Program {
        let count: UInt16
        let address: UInt
    }

    private static let synIsDropped = [
        Instruction(code: 0x30, whenTrue: 0, whenFalse: 0, operand: 13),  // The byte of TCP's flags.
        Instruction(code: 0x45, whenTrue: 0, whenFalse: 1, operand: 0x02),  // SYN?
        Instruction(code: 0x06, whenTrue: 0, whenFalse: 0, operand: 0),  // Nothing of it passes.
        Instruction(code: 0x06, whenTrue: 0, whenFalse: 0, operand: .max),  // All of it passes.
    ]

    /// Where it cannot be done nothing happens: a few connections are reset then, as without it.
    static func turnAway(from listener: any Channel) async {
        #if os(Linux)
            guard let socket = listener as? any SocketOptionProvider else { return }
            let attachFilter = NIOBSDSocket.Option(rawValue: 26)
            let code = UnsafeMutableBufferPointer<Instruction>.allocate(capacity: synIsDropped.count)
            defer { code.deallocate() }
            _ = code.initialize(from: synIsDropped)
            let program = Program(count: UInt16(code.count), address: UInt(bitPattern: code.baseAddress))
            // The kernel copies the program before the future is fulfilled.
            try? await socket.unsafeSetSocketOption(level: .socket, name: attachFilter, value: program).get()
        #endif
    }
}
