extension APIRoute {
    package static let ideaboards = APIRoute("/api/ideaboards")
    package static let markdownPreview = APIRoute("/api/markdown/preview")

    package static func ideaboard(_ id: IdeaboardID = .placeholder) -> APIRoute { APIRoute("/api/ideaboards/\(id)") }

    package static func ideaboardTrends(_ id: IdeaboardID = .placeholder) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/trends")
    }

    package static func ideaboardTrend(_ id: IdeaboardID, _ trend: TrendID) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/trends/\(trend)")
    }

    package static let ideaboardTrend = APIRoute("/api/ideaboards/{id}/trends/{trend}")

    package static func ideaboardVersions(_ id: IdeaboardID = .placeholder) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/versions")
    }

    /// `number` as text, so that its pattern can be made too.
    package static func ideaboardVersion(
        _ id: IdeaboardID = .placeholder, _ number: String = "{number}"
    ) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/versions/\(number)")
    }

    package static func restoreVersion(_ id: IdeaboardID = .placeholder, _ number: String = "{number}") -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/versions/\(number)/restore")
    }

    package static func ideaboardShare(_ id: IdeaboardID = .placeholder) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/share")
    }

    /// What forms post to in place of methods that they cannot send.
    package static func ideaboardForm(_ verb: BoardVerb, _ id: IdeaboardID = .placeholder) -> APIRoute {
        APIRoute("/api/ideaboards/\(id)/\(verb.rawValue)")
    }

    package enum BoardVerb: String, Sendable, CaseIterable { case save, delete, detach, raise, unshare }

    /// Adds a trend to the board that the body names: the board is chosen in the form.
    package static let addToIdeaboard = APIRoute("/api/ideaboards/attach")
}
