extension APIRoute {
    package static let events = APIRoute("/api/events")
}

extension Section {
    /// What the addresses of its pages begin with.
    package var addresses: String {
        switch self {
        case .frame: "/"
        case .dashboard: Route.dashboard.path
        case .trendLists, .trendPages: Route.trends(page: 1).path
        case .ideaboards: Route.ideaboards(page: 1).path
        case .downloads: Route.downloads.path
        case .library: Route.library(page: 1).path
        case .settings: Route.settings.path
        }
    }
}
