import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

@testable import API

@Suite("Farewell")
struct FarewellTests {
    private static let last = "\r\nConnection: close\r\n"

    @Test("Until the server is about to stop connections stay open; then every answer is its connection's last")
    func lastAnswers() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test(.live) { client in
            func get(_ path: String) -> String {
                "GET \(path) HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookie)\r\n\r\n"
            }
            let ending = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            _ = try await client.get("/dashboard/", [.cookie: cookie])  // From memory from now on.
            let before = try await PlainSocket.exchange(client.port, [get("/dashboard/"), get("/status.json"), ending])
            #expect(before.ranges(of: "HTTP/1.1 200").count == 3)

            harness.server.farewell.say()
            // The client does not close: what comes back ends only when the server does.
            for path in ["/dashboard/", "/status.json", "/nothing", "/api/trends?limit=x"] {
                let text = try await PlainSocket.exchange(client.port, [get(path)])
                #expect(text.ranges(of: "HTTP/1.1 ").count == 1, "\(path)")
                #expect(text.lowercased().contains(Self.last.lowercased()), "\(path)")
                #expect(text.hasPrefix("HTTP/1.1 400") == path.contains("?"), "\(path)")
            }
            let malformed = try await PlainSocket.exchange(client.port, ["GARBAGE\r\n\r\n"])
            #expect(malformed.hasPrefix("HTTP/1.1 400 "))
            #expect(malformed.lowercased().contains(Self.last.lowercased()))
        }
    }

    @Test("A socket that turns new connections away still hears those that were made before")
    func filter() async throws {
        let heard = Mutex(0)
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.autoRead, value: false)  // Nobody accepts for now.
            .childChannelInitializer { $0.eventLoop.makeCompletedFuture { heard.withLock { $0 += 1 } } }
            .bind(host: "127.0.0.1", port: 0).get()
        let client = ClientBootstrap(group: group).connectTimeout(.milliseconds(300))
        let address = try #require(listener.localAddress)
        let early = try await client.connect(to: address).get()

        await NewConnections.turnAway(from: listener)
        await #expect(throws: ChannelError.self) { try await client.connect(to: address).get() }
        try await listener.setOption(.autoRead, value: true).get()
        while heard.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(heard.withLock { $0 } == 1)
        try await early.close()
        try await listener.close()
    }

    @Test("It lasts no longer than its times, and not at all where nothing listens")
    func length() async throws {
        let farewell = Farewell(keptOpen: .milliseconds(20), new: .milliseconds(10))
        let group = ServiceGroup(
            configuration: .init(services: [farewell], logger: Harness.quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(!farewell.isSaid)
    }
}
