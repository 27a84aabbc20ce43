extension APIRoute {
    package static let trends = APIRoute("/api/trends")

    package static func trend(_ id: TrendID = .placeholder) -> APIRoute { APIRoute("/api/trends/\(id)") }

    package static func trendState(_ id: TrendID = .placeholder) -> APIRoute { APIRoute("/api/trends/\(id)/state") }
}
