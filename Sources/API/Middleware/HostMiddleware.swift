import Hummingbird

/// Refuses requests for other hosts (421), so that nothing is ever made of a forged Host. Health checks and metrics are exempt.
struct HostMiddleware: RouterMiddleware {
    let hosts: HostList

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let isProbe = path == "/health" || path.hasPrefix("/health/") || path == "/metrics"
        guard isProbe || hosts.contains(request.head.authority ?? "") else { throw APIFailure.wrongHost }
        return try await next(request, context)
    }
}

/// The host names under which this installation answers.
struct HostList: Sendable {
    private let authorities: [String]

    init(_ address: PublicAddress) {
        authorities = address.authorities
    }

    func contains(_ authority: String) -> Bool {
        authorities.contains(authority) || authorities.contains(authority.lowercased())
    }
}
