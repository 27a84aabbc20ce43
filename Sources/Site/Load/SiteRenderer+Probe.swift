import Core
import Templates

extension SiteRenderer {
    /// Pages of a site ready to be rendered again and again without database or files: for benchmarks.
    package func probe(
        _ site: SiteName, in content: some SiteContentReading
    ) throws -> [(name: String, bytes: Int, render: () -> Void)] {
        let sources = sources
        return try content.withSnapshot(of: site) { snapshot in
            let watchlists = try snapshot.watchlists()
            let frame = sources.frame(for: try snapshot.user(), watchlists)
            let listed = try snapshot.listedTrends(limit: 24)
            let whole = try snapshot.trends(listed.prefix(1).map(\.id))
            let list = {
                TrendsPage.lists(
                    frame: frame, cards: listed.map { TrendCard($0, drawnBy: sources.templates.card) }, feeds: [:])[0]
            }
            let page = list()
            return [
                probe("list of \(listed.count) cards, formatted and rendered", sources.templates.trends, list),
                probe("list of \(listed.count) cards, rendered", sources.templates.trends) { page },
            ]
                + whole.map { trend in
                    probe("trend page", sources.templates.trend) { TrendPage(frame: frame, trend: trend, boards: []) }
                }
        } ?? []
    }

    private func probe<Page: Templated>(
        _ name: String, _ template: Template<Page>, _ page: @escaping () -> Page
    ) -> (name: String, bytes: Int, render: () -> Void) {
        var buffer: [UInt8] = []
        template.render(page(), into: &buffer)
        return (
            name, buffer.count,
            {
                buffer.removeAll(keepingCapacity: true)
                template.render(page(), into: &buffer)
            }
        )
    }
}
