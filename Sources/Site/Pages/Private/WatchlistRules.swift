import Core
import Templates

/// A watchlist's rule, told in words.
struct WatchlistRules: Templated {
    let name: String
    let link: Link
    let editor: Link
    let rules: [NamedValue]
    let feed: Link?

    init(_ watchlist: Watchlist, feed: Route?) {
        name = watchlist.name
        link = Link(path: Route.watchlist(watchlist.id, page: 1).path)
        editor = Link(path: Route.watchlistEditor(watchlist.id).path)
        rules = WatchlistRules.words(watchlist.rule)
        self.feed = feed.map { Link(path: $0.path) }
    }

    static func words(_ rule: WatchlistRule) -> [NamedValue] {
        let lines: [(String, String?)] = [
            ("Any of", list(rule.keywords)),
            ("All of", list(rule.mustWords)),
            ("None of", list(rule.exclusions)),
            ("From", places(rule.platforms)),
            ("At least", rule.minimumViews.map { "\(Figures.exact($0)) views" }),
            ("Language", rule.language),
            ("Not older than", rule.maximumAgeHours.map { Figures.age(hours: Double($0)) }),
            ("Length", length(rule)),
        ]
        let told = lines.compactMap { name, value in value.map { NamedValue(name, $0) } }
        return told.isEmpty ? [NamedValue("Lets in", "every post")] : told
    }

    private static func list(_ words: [String]) -> String? {
        words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func places(_ platforms: Set<Platform>) -> String? {
        platforms.isEmpty ? nil : Platform.allCases.filter(platforms.contains).map(\.name).joined(separator: ", ")
    }

    private static func length(_ rule: WatchlistRule) -> String? {
        let least = rule.minimumDuration.map { "from \(Figures.clock(seconds: $0))" }
        let most = rule.maximumDuration.map { "up to \(Figures.clock(seconds: $0))" }
        let shorts: String? =
            switch rule.shorts {
            case .include: nil
            case .exclude: "no Shorts"
            case .only: "Shorts only"
            }
        let parts = [least, most, shorts].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    static var fields: Fields<WatchlistRules> {
        Fields {
            Field.text("name") { $0.name }
            Field.link("link") { $0.link }
            Field.link("editor") { $0.editor }
            Field.list("rules") { $0.rules }
            Field.optionalLink("feed") { $0.feed }
        }
    }
}
