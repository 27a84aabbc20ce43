import Core
import Hummingbird

/// Serves the document of all endpoints, itself among them.
struct OpenAPIRoutes: Sendable {
    private let others: [Endpoint]
    private let server: String
    private let cookie: String

    init(describing others: [Endpoint], server: String, cookie: String) {
        (self.others, self.server, self.cookie) = (others, server, cookie)
    }

    /// The document is made once, with the endpoints.
    var endpoints: [Endpoint] {
        let document = OpenAPIDocument(others + [endpoint([])], server: server, cookie: cookie).json
        var writer = JSONWriter(reserving: 64 * 1024)
        writer.value(document)
        return [endpoint(writer.bytes)]
    }

    private func endpoint(_ bytes: [UInt8]) -> Endpoint {
        let summary = "This document: every route, what it takes and what it answers."
        return Endpoint(whole: .get, APIRoute.openAPI.path, summary, .other("application/json")) { _ in
            JSONAnswer.response(bytes: bytes)
        }
    }
}
