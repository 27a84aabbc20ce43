import Core
import Foundation
import TestSupport
import Testing

@testable import Outbound

@Suite("Fetching")
struct FetchTests {
    private let fetcher = WebFetcher(CurlClient())

    private func request(_ method: OutboundRequest.Method = .get, _ url: String) -> OutboundRequest {
        var request = OutboundRequest(method, url, service: "test")
        request.isGuarded = false
        return request
    }

    private func failure(_ request: OutboundRequest) async -> ServiceFailure? {
        await #expect(throws: ServiceFailure.self) { try await fetcher.fetch(request) }
    }

    @Test("brings any answer as it was sent", arguments: [200, 204, 304, 404, 429, 500])
    func answers(status: Int) async throws {
        try await LocalServer.with { _ in
            .answer(status, [("X-One", " a "), ("x-two", "b"), ("X-One", "c")], Array("Grüße".utf8))
        } _: { server in
            let answer = try await fetcher.fetch(request(.get, server.url("/a?b=c#d")))

            #expect(answer.status == status)
            #expect(answer.headers.filter { $0.name.hasPrefix("x-") }.map(\.value) == ["a", "b", "c"])
            #expect(answer.header("x-one") == "a")
            #expect([204, 304].contains(status) ? answer.body.isEmpty : answer.body == Array("Grüße".utf8))
            #expect(server.asked.map(\.head.uri) == ["/a?b=c"])
            #expect(server.asked[0].head.headers["User-Agent"] == ["Kapture"])
        }
    }

    @Test("posts a body with its type, and never follows where that leads", arguments: ["", "a=b&c=\u{0}d"])
    func posts(body: String) async throws {
        try await LocalServer.with { _ in
            .redirect(307, to: "/other")
        } _: { server in
            var post = request(.post, server.url("/token"))
            (post.body, post.headers) = (Array(body.utf8), [("Content-Type", "text/plain"), ("X-Empty", "")])

            let answer = try await fetcher.fetch(post)

            #expect(answer.status == 307)
            #expect(server.asked.map(\.head.uri) == ["/token"])
            #expect(server.asked.map(\.head.method) == [.POST])
            #expect(server.asked.map(\.body) == [body])
            #expect(server.asked[0].head.headers["Content-Type"] == ["text/plain"])
            #expect(server.asked[0].head.headers["X-Empty"] == [""])
            #expect(server.asked[0].head.headers["Expect"].isEmpty)
        }
    }

    @Test("follows a chain of redirects as far as allowed, relative ones included", arguments: [(5, true), (6, false)])
    func redirects(hops: Int, arrives: Bool) async throws {
        try await LocalServer.with { asked in
            let hop = asked.head.uri.split(separator: "/").last.flatMap { Int($0) } ?? 0
            return hop < hops ? .redirect([301, 302, 303, 307, 308][hop % 5], to: "../a/\(hop + 1)") : .answer()
        } _: { server in
            let start = request(.get, server.url("/a/0"))

            if arrives {
                let answer = try await fetcher.fetch(start)
                #expect(answer.status == 200)
                #expect(server.asked.last?.head.uri == "/a/\(hops)")
            } else {
                #expect(await failure(start)?.failureClass == .structural)
            }
            #expect(server.asked.count == 6)
        }
    }

    @Test("refuses a header that would become two, and addresses that are none")
    func malformed() async throws {
        for (name, value) in [
            ("A", "b\r\nC: d"), ("A", "b\nC: d"), ("A\r\nB", "c"), ("A:", "b"), ("", "b"), ("A", "\0"),
        ] {
            var request = request(.get, "http://127.0.0.1:9/")
            request.headers = [(name, value)]
            #expect(await failure(request)?.failureClass == .structural)
        }
        for address in [
            "", "http://", "nonsense", "/path", "http://a\0b/", "http://a b/", "http://[::1", "http://h:99999/",
        ] {
            let failed = await failure(request(.get, address))
            #expect([.structural, .blocked].contains(failed?.failureClass), "\(address)")
        }
    }

    @Test("tells what passes by itself from what does not")
    func classes() async throws {
        try await LocalServer.with { asked in
            asked.head.uri == "/hang-up" ? .hangUp : .stall
        } _: { server in
            #expect(await failure(request(.get, server.url("/hang-up")))?.failureClass == .transient)
            await server.stop()
            #expect(await failure(request(.get, server.url()))?.failureClass == .transient)
        }
        let unknown = await failure(request(.get, "http://name.invalid/"))
        #expect(unknown?.reason == "The address's host was not found.")
        let noTLS = try await LocalServer.with { _ in
            .answer()
        } _: { server in
            await failure(request(.get, "https://127.0.0.1:\(server.port)/"))
        }
        #expect(noTLS?.reason == "No secure connection came about.")
    }
}

@Suite("Limits of fetching")
struct FetchLimitTests {
    private let fetcher = WebFetcher(CurlClient())

    private func request(_ server: LocalServer) -> OutboundRequest {
        var request = OutboundRequest(.get, server.url(), service: "test")
        request.isGuarded = false
        return request
    }

    @Test("counts the body decompressed: 200 MB in 200 kB are refused after a few MB")
    func bomb() async throws {
        let bomb = try Self.gzip(megabytes: 200)
        #expect(bomb.count < 300_000)
        try await LocalServer.with { _ in
            .answer(200, [("Content-Encoding", "gzip")], bomb)
        } _: { server in
            let failure = await #expect(throws: ServiceFailure.self) { try await fetcher.fetch(request(server)) }

            #expect(failure?.failureClass == .structural)
            #expect(failure?.reason == "The answer is larger than 4 MB.")
        }
    }

    @Test("takes a body of exactly the limit, and not one byte more", arguments: [(1000, true), (1001, false)])
    func exact(size: Int, fits: Bool) async throws {
        let body = [UInt8](repeating: 65, count: size)
        try await LocalServer.with { _ in
            .answer(200, [], body)
        } _: { server in
            var request = request(server)
            request.sizeLimit = 1000

            let answer = try? await fetcher.fetch(request)

            #expect(answer?.body == (fits ? body : nil))
        }
    }

    @Test("refuses headers without end")
    func headers() async throws {
        let headers = (0..<100).map { ("X-\($0)", String(repeating: "h", count: 1000)) }
        try await LocalServer.with { _ in
            .answer(200, headers)
        } _: { server in
            await #expect(throws: ServiceFailure.self) { try await fetcher.fetch(request(server)) }
        }
    }

    @Test(
        "ends at the total time, however the other side delays", arguments: ["silence", "stall", "drip", "redirects"])
    func slow(how: String) async throws {
        try await LocalServer.with { _ in
            switch how {
            case "silence": .silence
            case "stall": .stall
            case "drip": .drip
            default: .redirect(to: "/")
            }
        } _: { server in
            var request = request(server)
            (request.timeout, request.redirectLimit) = (.milliseconds(300), .max - 1)
            let start = ContinuousClock.now

            let failure = await #expect(throws: ServiceFailure.self) { try await fetcher.fetch(request) }

            #expect(failure?.failureClass == .transient)
            #expect(ContinuousClock.now - start >= .milliseconds(290))
            #expect(server.connections >= 1)
        }
    }

    @Test("a cancelled task ends at once, and others go on", arguments: [true, false])
    func cancelled(beforehand: Bool) async throws {
        try await LocalServer.with { asked in
            asked.head.uri == "/wait" ? .silence : .answer()
        } _: { server in
            var waiting = request(server)
            waiting = OutboundRequest(.get, server.url("/wait"), service: "test")
            waiting.isGuarded = false
            let (stream, began) = AsyncStream<Void>.makeStream()
            let task = Task { [waiting] in
                if beforehand { withUnsafeCurrentTask { $0?.cancel() } }
                began.yield()
                return try await fetcher.fetch(waiting)
            }
            for await _ in stream { break }
            while !beforehand && server.asked.isEmpty { await Task.yield() }

            task.cancel()

            await #expect(throws: CancellationError.self) { try await task.value }
            let other = try await fetcher.fetch(request(server))
            #expect(other.status == 200)
        }
    }

    @Test("many at once all get their own answer")
    func many() async throws {
        try await LocalServer.with { asked in
            .answer(200, [], Array(asked.head.uri.utf8))
        } _: { server in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    var request = OutboundRequest(.get, server.url("/\(number)"), service: "test")
                    request.isGuarded = false
                    group.addTask { [request] in
                        try await fetcher.fetch(request).body == Array("/\(number)".utf8)
                    }
                }
                for try await isOwn in group { #expect(isOwn) }
            }
            #expect(server.asked.count == 200)
        }
    }

    /// A valid gzip file of so many zero bytes.
    private static func gzip(megabytes: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c \(megabytes << 20) /dev/zero | gzip -9"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        return Array(pipe.fileHandleForReading.readDataToEndOfFile())
    }
}
