extension APIRoute {
    package static let usage = APIRoute("/api/billing/usage")
}
