import NIOCore
import NIOHTTP1
import NIOPosix
import Outbound
import Synchronization

/// A real HTTP server on this machine that answers as the test says, and remembers who connected and asked.
final class LocalServer: Sendable {
    struct Asked: Sendable {
        let head: HTTPRequestHead
        let body: String
    }

    enum Reply: Sendable {
        case answer(Int = 200, [(String, String)] = [], [UInt8] = [])
        /// The header, then nothing more.
        case stall
        /// No answer at all.
        case silence
        /// A byte every 10 milliseconds, without end.
        case drip
        /// Closes the connection.
        case hangUp

        static func redirect(_ status: Int = 302, to location: String) -> Reply {
            .answer(status, [("Location", location)])
        }
    }

    typealias Handler = @Sendable (Asked) -> Reply

    let port: Int
    private let channel: any Channel
    private let record: Record

    final class Record: Sendable {
        let connections = Mutex(0)
        let asked = Mutex<[Asked]>([])
        let closed = Mutex<[CheckedContinuation<Void, Never>]>([])
    }

    static func start(_ handler: @escaping Handler) async throws -> LocalServer {
        let record = Record()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                record.connections.withLock { $0 += 1 }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Answering(record, handler))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LocalServer(channel, record)
    }

    /// Runs `body` with a server and stops it afterwards.
    @discardableResult
    static func with<Value>(
        _ handler: @escaping Handler, _ body: (LocalServer) async throws -> Value
    ) async throws -> Value {
        let server = try await start(handler)
        do {
            let value = try await body(server)
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    private init(_ channel: any Channel, _ record: Record) {
        (self.channel, self.record) = (channel, record)
        port = channel.localAddress?.port ?? 0
    }

    /// Stopping twice is fine.
    func stop() async { try? await channel.close() }

    var connections: Int { record.connections.withLock { $0 } }
    var asked: [Asked] { record.asked.withLock { $0 } }
    var endpoint: SocketEndpoint { SocketEndpoint(IPAddress(127, 0, 0, 1), port: port) }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
}

private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let record: LocalServer.Record
    private let handler: LocalServer.Handler
    private var head: HTTPRequestHead?
    private var body = ""

    init(_ record: LocalServer.Record, _ handler: @escaping LocalServer.Handler) {
        (self.record, self.handler) = (record, handler)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, "")
        case .body(let part): body += String(buffer: part)
        case .end: answer(context)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let asked = LocalServer.Asked(head: head, body: body)
        record.asked.withLock { $0.append(asked) }
        switch handler(asked) {
        case .answer(let status, let headers, let body): write(status, headers, body, context)
        case .stall: writeHead(200, [("Content-Length", "10")], context)
        case .silence: break
        case .drip:
            writeHead(200, [], context)
            drip(context)
        case .hangUp: context.close(promise: nil)
        }
    }

    private func write(
        _ status: Int, _ headers: [(String, String)], _ body: [UInt8], _ context: ChannelHandlerContext
    ) {
        writeHead(status, headers + [("Content-Length", "\(body.count)")], context)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func writeHead(_ status: Int, _ headers: [(String, String)], _ context: ChannelHandlerContext) {
        let status = HTTPResponseStatus(statusCode: status)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: HTTPHeaders(headers))
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: ".")))), promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(10)) { self.drip(context) }
    }
}
