import Core
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Rate limits of the API")
struct RateLimitTests {
    @Test("count requests of the API, say how many are left, and refuse those above")
    func refusal() async throws {
        let harness = try await Harness { $0.rateLimit = RateLimit(3) }

        try await harness.test { client in
            for left in ["2", "1", "0"] {
                let answer = try await client.get("/api/nothing")
                #expect(answer.status == .notFound)
                #expect(answer.headers[.rateLimitPolicy] == #""address";q=3;w=60"#)
                #expect(answer.headers[.rateLimit] == "\"address\";r=\(left);t=40")
            }
            let refused = try await client.get("/api/nothing")
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "40")
            #expect(refused.headers[.rateLimit] == #""address";r=0;t=40"#)
            #expect(refused.headers[.xContentTypeOptions] == "nosniff" && refused.headers[.xRequestID] != nil)
            #expect(refused.text.contains("RATE_LIMITED") && refused.text.contains("Go on in 40 seconds."))
            #expect(try await client.head("/api/nothing").body.readableBytes == 0)
            harness.clock.advance(seconds: 40)
            #expect(try await client.get("/api/nothing").status == .notFound)
        }
    }

    @Test("do not concern pages, health checks, webhooks and cron")
    func exempt() async throws {
        let harness = try await Harness { $0.rateLimit = RateLimit(1) }
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            for path in ["/", "/dashboard/", "/status.json", "/health/live", "/api/webhooks/x", "/api/cron/x"] {
                for _ in 0..<3 {
                    let answer = try await client.get(path, [.cookie: cookie])
                    #expect(answer.status != .tooManyRequests && answer.headers[.rateLimit] == nil, "\(path)")
                }
            }
        }
    }

    @Test("are each user's own, whatever address they come from; a wrong cookie counts for the address")
    func users() async throws {
        let harness = try await Harness { $0.rateLimit = RateLimit(2) }
        let (anna, boris) = (
            try await harness.cookie(of: harness.anna), try await harness.cookie(of: harness.boris)
        )

        try await harness.test { client in
            for cookie in [anna, boris, anna, boris] {
                let answer = try await client.get("/api/nothing", [.cookie: cookie])
                #expect(answer.status == .notFound)
                #expect(answer.headers[.rateLimitPolicy] == #""user";q=2;w=60"#)
            }
            #expect(try await client.get("/api/nothing", [.cookie: anna]).status == .tooManyRequests)
            let wrong = "kapture=" + String(repeating: "A", count: 43)
            let answer = try await client.get("/api/nothing", [.cookie: wrong])
            #expect(answer.headers[.rateLimit] == #""address";r=1;t=40"#)
        }
    }

    @Test("believe X-Forwarded-For from trusted proxies alone", arguments: [true, false])
    func proxies(isTrusted: Bool) async throws {
        let harness = try await Harness {
            $0.rateLimit = RateLimit(1)
            if isTrusted { $0.trustedProxies = (try? TrustedProxies("127.0.0.1 ::1")) ?? .none }
        }

        try await harness.test(.live) { client in
            let first = try await client.get("/api/nothing", [.xForwardedFor: "203.0.113.1"])
            let other = try await client.get("/api/nothing", [.xForwardedFor: "203.0.113.2"])
            let forged = try await client.get("/api/nothing", [.xForwardedFor: "9.9.9.9, 203.0.113.1"])
            #expect(first.status == .notFound)
            #expect(other.status == (isTrusted ? .notFound : .tooManyRequests))
            #expect(forged.status == .tooManyRequests)
        }
    }

    @Test("can be turned off")
    func off() async throws {
        let harness = try await Harness { $0.rateLimit = nil }

        try await harness.test { client in
            for _ in 0..<150 {
                let answer = try await client.get("/api/nothing")
                #expect(answer.status == .notFound && answer.headers[.rateLimit] == nil)
            }
        }
    }
}
