import Core
import Templates

/// The one thing to do next, chosen from what the creator has and has not used.
struct NextStep: Templated {
    let sentence: String
    let action: String
    let link: Link

    private init(_ sentence: String, action: String, _ route: Route) {
        (self.sentence, self.action, link) = (sentence, action, Link(path: route.path))
    }

    /// Nil when there is nothing to say that the page does not say already.
    init?(frame: SitePageFrame, cards: [TrendCard], boards: [Ideaboard]) {
        guard !frame.watchlists.isEmpty, !cards.isEmpty else { return nil }
        let used = Set(boards.lazy.flatMap(\.trendIDs))
        let strong = cards.filter { ($0.ratio ?? 0) >= 5 && ($0.risingGain ?? 0) > 0 && !used.contains($0.id) }
        if let best = strong.risingFirst().first {
            self.init(NextStep.unused(strong.count), action: "Open the strongest", .trend(best.id))
        } else if let board = boards.first(where: { $0.status == .draft }) {
            self.init("“\(board.displayTitle)” is still a draft.", action: "Go on with it", .ideaboard(board.id))
        } else {
            return nil
        }
    }

    private static func unused(_ count: Int) -> String {
        count == 1
            ? "1 rising post is 5x over its peers or more, and you have not used it."
            : "\(Figures.exact(Int64(count))) rising posts are 5x over their peers or more, and you have not used them."
    }

    static var fields: Fields<NextStep> {
        Fields {
            Field.text("sentence") { $0.sentence }
            Field.text("action") { $0.action }
            Field.link("link") { $0.link }
        }
    }
}
