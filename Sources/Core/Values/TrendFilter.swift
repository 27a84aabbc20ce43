/// In which order trends are listed; trends without that value come last, and newer ones first among equals.
package enum TrendOrder: String, Sendable, Hashable, CaseIterable {
    case newest, rising, outlier, views
}

/// Which of a user's trends are asked for. What is `nil` or empty excludes nothing.
package struct TrendFilter: Sendable, Hashable {
    /// Without any, every state but hidden.
    package var states: Set<TrendState> = []
    package var platforms: Set<Platform> = []
    package var watchlist: WatchlistID?
    package var tag: String?
    /// Trends whose views are unknown have not enough.
    package var minimumViews: Int64?
    /// Words that must all stand in title, text, author or hashtags, whatever their case and diacritics.
    package var words = ""
    package var order = TrendOrder.newest

    package init() {}

    /// The states that are listed.
    package var listedStates: Set<TrendState> {
        states.isEmpty ? Set(TrendState.allCases).subtracting([.hidden]) : states
    }
}

/// A user's edit of a trend; what is `nil` stays.
package struct TrendEdit: Sendable, Hashable {
    package var state: TrendState?
    package var tags: [String]?

    package init(state: TrendState? = nil, tags: [String]? = nil) {
        (self.state, self.tags) = (state, tags)
    }
}
