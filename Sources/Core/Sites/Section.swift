/// A group of a user's pages that is rendered together. Stored on `sites` as one revision column each.
package enum Section: Int, Sendable, CaseIterable {
    /// What every page of the user shows: name, plan, watchlists in the sidebar.
    case frame
    case dashboard
    /// The lists of trends and the feeds made from them.
    case trendLists
    /// One page a trend; which of them changed stands on the trends' rows.
    case trendPages
    /// The list of ideaboards and one page a board.
    case ideaboards
    case downloads
    case library
    case settings

    /// The name of its column without `_revision`.
    package var columnName: String {
        switch self {
        case .frame: "frame"
        case .dashboard: "dashboard"
        case .trendLists: "trend_lists"
        case .trendPages: "trend_pages"
        case .ideaboards: "ideaboards"
        case .downloads: "downloads"
        case .library: "library"
        case .settings: "settings"
        }
    }
}

/// What a write changed, as far as pages are concerned.
package enum ChangedNoun: Sendable {
    case user
    case watchlist
    /// Numbers, state, tags or membership of trends.
    case trend
    /// Title, text, status or tags of an ideaboard.
    case ideaboard
    /// Which trends an ideaboard has as evidence.
    case attachment
    /// A collection of the library, or what it holds.
    case collection
    /// The state of a job, or its end asked for; its progress is no change.
    case job
    /// What is used of the plan.
    case usage
    /// That there is a personal token, not its use.
    case token

    /// The one place that says which pages show what.
    package var sections: Set<Section> {
        switch self {
        case .user, .watchlist: Set(Section.allCases)
        case .trend: [.dashboard, .trendLists, .trendPages, .ideaboards, .library]
        case .ideaboard: [.ideaboards, .library, .trendPages, .dashboard]
        case .attachment: [.ideaboards, .library, .trendPages, .trendLists, .dashboard]
        case .collection: [.library]
        case .job, .usage: [.dashboard, .settings]
        case .token: [.settings]
        }
    }
}
