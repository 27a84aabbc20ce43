extension APIRoute {
    package static let watchlists = APIRoute("/api/watchlists")
    package static let watchlistPreview = APIRoute("/api/watchlists/preview")

    package static func watchlist(_ id: WatchlistID = .placeholder) -> APIRoute { APIRoute("/api/watchlists/\(id)") }

    /// For forms, which only post.
    package static func watchlistSave(_ id: WatchlistID = .placeholder) -> APIRoute {
        APIRoute("/api/watchlists/\(id)/save")
    }

    package static func watchlistDelete(_ id: WatchlistID = .placeholder) -> APIRoute {
        APIRoute("/api/watchlists/\(id)/delete")
    }

    package static let trendsBulk = APIRoute("/api/trends/bulk")
    package static let visits = APIRoute("/api/visits")

    /// For forms, which only post.
    package static func trendTags(_ id: TrendID = .placeholder) -> APIRoute { APIRoute("/api/trends/\(id)/tags") }

    package static func trendDelete(_ id: TrendID = .placeholder) -> APIRoute { APIRoute("/api/trends/\(id)/delete") }
}
