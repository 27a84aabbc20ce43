import Core
import HTTPTypes
import Hummingbird

/// What Prometheus reads. Only for this machine itself, or with the token of `KAPTURE_METRICS_TOKEN`.
struct MetricsRoutes: Sendable {
    let registry: MetricsRegistry
    let measures: [any Measuring]
    let token: String?
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(whole: .get, "/metrics", "What Prometheus reads.", .other("text/plain"), read)
                .failing(.unauthorized)
        ]
    }

    @Sendable func read(_ call: Call) async throws -> Response {
        let (request, visit) = (call.request, call.visit)
        guard visit.isLocal(request) || hasToken(request) else { throw Self.refusal }
        var text = MetricsText()
        text.add(registry)
        text.add(await figures(visit))
        let headers: HTTPFields = [.contentType: MetricsText.contentType, .cacheControl: "no-store"]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text.text)))
    }

    /// What cannot be measured is missing, and said to be.
    private func figures(_ visit: Visit) async -> [Figure] {
        var figures: [Figure] = []
        for measure in measures {
            var isUp = 1.0
            do {
                figures += try await measure.figures(now: now())
            } catch {
                isUp = 0
                visit.logger.error("Not measured", metadata: ["part": "\(measure.name)", "error": "\(error)"])
            }
            figures.append(Figure("kapture_up", .gauge, [Figure.Label("part", measure.name)], isUp))
        }
        return figures
    }

    private func hasToken(_ request: Request) -> Bool {
        guard let token, let sent = request.headers[.authorization] else { return false }
        return ConstantTime.equal(Array(sent.utf8), Array("Bearer \(token)".utf8))
    }

    private static let refusal = APIFailure(
        code: .unauthorized, message: "Metrics are for this machine itself, or for a bearer token.",
        headers: [.wwwAuthenticate: "Bearer"])
}
