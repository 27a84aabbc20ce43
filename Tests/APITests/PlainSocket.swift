import NIOCore
import NIOPosix
import Testing

/// A connection that sends exactly the bytes it is given.
enum PlainSocket {
    static func connect(_ port: Int?) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "localhost", port: try #require(port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Sends the pieces and returns everything that comes until the server closes.
    static func exchange(_ port: Int?, _ pieces: [String]) async throws -> String {
        try await connect(port).executeThenClose { inbound, outbound in
            async let sending: Void = {
                for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            }()
            let text = try await collect(inbound)
            try? await sending
            return text
        }
    }

    static func collect(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> String {
        var bytes = ByteBuffer()
        do {
            for try await piece in inbound { bytes.writeImmutableBuffer(piece) }
        } catch is IOError {
            // The server closed while we were still sending.
        }
        return String(buffer: bytes)
    }
}
