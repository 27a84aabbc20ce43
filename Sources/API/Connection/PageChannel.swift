import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1 channel with a `PageHandler` right behind the parser.
struct PageChannel: ServerChildChannel {
    private let base: HTTP1Channel
    private let shared: ConnectionShared

    init(_ shared: ConnectionShared, responder: @escaping HTTPChannelHandler.Responder) {
        self.shared = shared
        // The idle timeout is the page handler's: Hummingbird does not see the requests that are answered there.
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: 16 * 1024, maxHeaderListSize: 32 * 1024, maxHeaderFieldCount: 100)
        base = HTTP1Channel(responder: responder, configuration: .init(httpDecoderConfiguration: limits))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { stream in
            let connection = AcceptedConnection(stream)
            let pipeline = channel.pipeline.syncOperations
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(PageHandler(shared), position: .after(parser))
            return connection
        }
    }

    func handle(value connection: AcceptedConnection, logger: Logger) async {
        await base.handle(value: connection.take(), logger: logger)
    }
}
