import Core

/// The way out over HTTP, through libcurl.
package struct WebFetcher: Fetching {
    private let client: CurlClient
    private let userAgent: String

    package init(_ client: CurlClient, _ settings: OutboundSettings = OutboundSettings()) {
        (self.client, userAgent) = (client, settings.userAgent)
    }

    package func fetch(_ request: OutboundRequest) async throws -> OutboundResponse {
        let end = ContinuousClock.now + request.timeout
        var hop = try WebHop(request)
        for _ in 0...request.redirectLimit {
            let answer = try await perform(hop, until: end)
            guard let next = try hop.next(after: answer) else {
                return OutboundResponse(status: answer.code, headers: answer.headers, body: answer.body)
            }
            hop = next
        }
        throw ServiceFailure(request.service, .structural, "The address leads on and on without an end.")
    }

    private func perform(_ hop: WebHop, until end: ContinuousClock.Instant) async throws -> TransferAnswer {
        let plan = WebPlan(
            address: hop.address, request: hop.request, isGuarded: hop.isGuarded, timeout: end - .now,
            userAgent: userAgent)
        do {
            return try await client.perform(plan)
        } catch let failure as TransferFailure {
            throw ServiceFailure(web: failure, of: hop.request)
        }
    }
}
