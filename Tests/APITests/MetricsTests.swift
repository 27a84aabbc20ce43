import Core
import CoreMetrics
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("Metrics")
struct MetricsTests {
    private func text(_ registry: MetricsRegistry) -> String {
        var text = MetricsText()
        text.add(registry)
        return text.text
    }

    @Test("are written as Prometheus reads them, in order")
    func format() {
        let registry = MetricsRegistry()
        let counter = Counter(label: "b.requests", dimensions: [("route", "/a"), ("method", "GET")], factory: registry)
        counter.increment()
        counter.increment(by: 2)
        Meter(label: "a_gauge", factory: registry).set(1.5)
        Counter(label: "b.requests", dimensions: [("method", "GET"), ("route", "/a")], factory: registry).increment()

        #expect(
            text(registry) == """
                # TYPE a_gauge gauge
                a_gauge 1.5
                # TYPE b_requests_total counter
                b_requests_total{method="GET",route="/a"} 4

                """)
    }

    @Test("count durations in seconds, each below every bound that is larger")
    func histogram() {
        let registry = MetricsRegistry()
        let timer = Timer(label: "wait", dimensions: [("route", "x")], factory: registry)
        for milliseconds in [0, 1, 30, 20_000] { timer.recordMilliseconds(milliseconds) }

        let lines = text(registry).split(separator: "\n").map(String.init)
        #expect(lines.first == "# TYPE wait_seconds histogram")
        #expect(lines.contains(#"wait_seconds_bucket{route="x",le="0.0001"} 1"#))
        #expect(lines.contains(#"wait_seconds_bucket{route="x",le="0.001"} 2"#))
        #expect(lines.contains(#"wait_seconds_bucket{route="x",le="0.05"} 3"#))
        #expect(lines.contains(#"wait_seconds_bucket{route="x",le="10"} 3"#))
        #expect(lines.contains(#"wait_seconds_bucket{route="x",le="+Inf"} 4"#))
        #expect(lines.suffix(2) == [#"wait_seconds_sum{route="x"} 20.031"#, #"wait_seconds_count{route="x"} 4"#])
    }

    @Test("keep hostile names and values within their line")
    func hostile() {
        let registry = MetricsRegistry()
        Counter(label: "1 na\nme{}", dimensions: [("la bel", "a\"b\\c\nd")], factory: registry).increment()

        #expect(text(registry) == "# TYPE _1_na_me___total counter\n_1_na_me___total{la_bel=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test("of one name are of one kind, and of one number at most")
    func bounds() {
        let registry = MetricsRegistry()
        Counter(label: "a", factory: registry).increment()
        Meter(label: "a_total", factory: registry).set(7)
        for number in 0..<3000 {
            Counter(label: "many", dimensions: [("path", "\(number)")], factory: registry).increment()
        }

        let lines = text(registry).split(separator: "\n")
        #expect(lines.contains("a_total 1") && !lines.contains("a_total 7"))
        #expect(lines.count { $0.hasPrefix("many_total{") } == 2001)
        #expect(lines.contains(#"many_total{path="other"} 1000"#))
    }

    @Test("count requests by the pattern of their route, however many addresses there are")
    func requests() async throws {
        let operations = KaptureServer.Operations()
        let harness = try await Harness(operations: operations) { $0.rateLimit = nil }
        let cookie = try await harness.cookie(of: harness.mara)

        try await harness.test { client in
            for number in 0..<50 {
                _ = try await client.get("/nothing/\(number)")
                _ = try await client.get("/api/trends/\(number)", [.cookie: cookie])
            }
            _ = try await client.execute(uri: "/help/", method: .init("BREW")!, headers: [:]) { $0 }
            _ = try await client.post("/api/auth/sign-out", form: "", [.cookie: cookie])
        }
        let lines = text(operations.metrics).split(separator: "\n").filter { $0.hasPrefix("kapture_http_requests") }
        #expect(lines.contains(#"kapture_http_requests_total{method="GET",route="page",status="4xx"} 50"#))
        #expect(lines.contains(#"kapture_http_requests_total{method="GET",route="/api/trends/{id}",status="4xx"} 50"#))
        #expect(lines.contains { $0.contains(#"method="OTHER""#) })
        #expect(lines.count <= 5)
        #expect(text(operations.metrics).contains(#"kapture_feature_use_total{feature="auth"} 1"#))
    }

    @Test("count pages that are answered on the event loop, too")
    func pages() async throws {
        let operations = KaptureServer.Operations()
        let harness = try await Harness(operations: operations)
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test(.live) { client in
            for _ in 0..<5 { _ = try await client.get("/dashboard/", [.cookie: cookie]) }
            let metrics = try await client.get("/metrics")
            #expect(metrics.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.text.contains(#"kapture_http_requests_total{method="GET",route="page",status="2xx"} 5"#))
            let count = #"kapture_http_request_duration_seconds_count{method="GET",route="page"} 5"#
            #expect(metrics.text.contains(count))
        }
    }

    @Test("are for this machine itself, and for whoever has the token")
    func access() async throws {
        var operations = KaptureServer.Operations()
        operations.metricsToken = "0123456789abcdef"
        let harness = try await Harness(operations: operations)

        try await harness.test(.live) { client in
            #expect(try await client.get("/metrics").status == .ok)
            let proxied: HTTPFields = [.xForwardedFor: "203.0.113.1"]
            let refused = try await client.get("/metrics", proxied)
            #expect(refused.status == .unauthorized && refused.headers[.wwwAuthenticate] == "Bearer")
            for (token, status) in [("0123456789abcdef", 200), ("0123456789abcdeF", 401), ("", 401)] {
                let headers: HTTPFields = [.xForwardedFor: "203.0.113.1", .authorization: "Bearer \(token)"]
                #expect(try await client.get("/metrics", headers).status.code == status)
            }
            let foreign: HTTPFields = [.init("Host")!: "elsewhere.example"]
            #expect(try await client.get("/metrics", foreign).status == .ok)
        }
    }

    @Test("say which part could not be measured, and show the others")
    func failing() async throws {
        struct Broken: Measuring {
            let name = "broken"
            func figures(now: Instant) async throws -> [Figure] { throw CancellationError() }
        }
        struct Working: Measuring {
            let name = "working"
            func figures(now: Instant) async throws -> [Figure] {
                [
                    Figure("b", .counter, [], 2), Figure("a", .gauge, [Figure.Label("x", "y")], 0.5),
                    Figure("b", .counter, [], 3),
                ]
            }
        }
        var operations = KaptureServer.Operations()
        operations.measures = [Broken(), Working()]
        let harness = try await Harness(operations: operations)

        try await harness.test(.live) { client in
            let text = try await client.get("/metrics").text
            #expect(text.contains("# TYPE a gauge\na{x=\"y\"} 0.5\n# TYPE b counter\nb 2\nb 3\n"))
            #expect(text.contains(#"kapture_up{part="broken"} 0"#) && text.contains(#"kapture_up{part="working"} 1"#))
        }
    }

    @Test("tell jobs by queue and state, and how long the oldest due one has waited")
    func jobs() async throws {
        struct Queues: QueueMeasuring {
            func queueFigures(now: Instant) async throws -> [QueueFigures] {
                [
                    QueueFigures(
                        queue: .standard, counts: [.pending: 3, .failed: 1], dueSince: now.adding(seconds: -90)),
                    QueueFigures(queue: .upkeep, counts: [:], dueSince: nil),
                ]
            }
        }
        var text = MetricsText()
        text.add(try await QueueMeasure(Queues()).figures(now: ManualClock.start))
        let lines = text.text.split(separator: "\n")
        #expect(lines.contains(#"kapture_jobs{queue="standard",state="pending"} 3"#))
        #expect(lines.contains(#"kapture_jobs{queue="upkeep",state="failed"} 0"#))
        #expect(lines.contains(#"kapture_jobs_oldest_due_seconds{queue="standard"} 90"#))
        #expect(lines.count { $0.hasPrefix("# TYPE") } == 2 && lines.count == 14)
    }

    @Test("tell how many users were there, once each however often they came")
    func activity() async throws {
        let fixture = try await StoreFixture()
        var operations = KaptureServer.Operations()
        (operations.activity, operations.measures) = (fixture.store, [ActiveUserMeasure(fixture.store)])
        let server = operations
        let recorder = ActivityRecorder(fixture.store, logger: Harness.quiet, now: { StoreFixture.start })

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await recorder.run() }
            for _ in 0..<3 { recorder.note(fixture.user) }
            while try await fixture.store.activeUsers(through: StoreFixture.start.day).day == 0 { await Task.yield() }
            group.cancelAll()
        }
        let figures = try await server.measures[0].figures(now: StoreFixture.start)
        #expect(figures.map(\.value) == [1, 1, 1])
    }
}
