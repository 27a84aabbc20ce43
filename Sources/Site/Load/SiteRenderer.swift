import Core
import Templates

/// Renders sites with the real templates.
package struct SiteRenderer: SiteRendering {
    let sources: PageSources
    /// What earlier publishes left, for 20,000 trends at most.
    private let memory = BoundedCache<String, SiteMemory>(limit: 20_000)

    package init(sources: PageSources) {
        self.sources = sources
    }

    /// The same renderer with nothing remembered from earlier publishes.
    package func withoutMemory() -> SiteRenderer {
        SiteRenderer(sources: sources)
    }

    package func render(
        _ snapshot: any SiteSnapshot, after previous: Manifest?, now: Instant, to sink: inout some PageTaking
    ) throws -> Instant? {
        if case .board(let slug) = snapshot.head.name {
            try renderShared(slug, snapshot, to: &sink)
            return nil
        }
        let plan = RenderPlan(head: snapshot.head, previous: previous, now: now)
        var work = try UserRendering(sources: sources, snapshot: snapshot, plan: plan, now: now, memory: memory)
        return try work.render(to: &sink)
    }

    package func renderOne(_ address: String, _ snapshot: any SiteSnapshot, now: Instant) throws -> [UInt8]? {
        guard case .user = snapshot.head.name else { return nil }
        guard let id = TrendID(address: address), let trend = try snapshot.trends([id]).first else { return nil }
        let frame = sources.frame(for: try snapshot.user(), try snapshot.watchlists())
        let boards = try snapshot.ideaboards().filter { $0.trendIDs.contains(id) }
        var bytes: [UInt8] = []
        sources.templates.trend.render(TrendPage(frame: frame, trend: trend, boards: boards), into: &bytes)
        return bytes
    }
}

/// Which parts of a site a publish renders.
struct RenderPlan {
    /// Pages show data after this revision; -1 when nothing is published.
    let since: Int64
    /// Everything, because nothing is published or the frame changed.
    let isWhole: Bool
    private let isDue: Bool
    private let head: SiteHead
    let previous: Manifest?

    init(head: SiteHead, previous: Manifest?, now: Instant) {
        (self.head, self.previous) = (head, previous)
        since = previous?.revision ?? -1
        isWhole = previous == nil || head.revision(of: .frame) > since
        isDue = previous?.dueAt.map { $0 <= now } ?? false
    }

    func renders(_ section: Section) -> Bool {
        if isWhole || head.revision(of: section) > since { return true }
        return isDue && [.dashboard, .trendLists, .settings].contains(section)
    }
}

extension TrendID {
    /// The trend whose page is at `/trends/<id>/`.
    init?(address: String) {
        let prefix = "/trends/"
        guard address.hasPrefix(prefix), address.hasSuffix("/") else { return nil }
        self.init(String(address.dropFirst(prefix.count).dropLast()))
    }
}
