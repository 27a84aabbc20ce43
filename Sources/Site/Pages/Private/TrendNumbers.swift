import Core
import Templates

/// A trend's numbers now and over time.
struct TrendNumbers: Templated {
    /// One count as it stands, with what it gained last.
    struct Stat: Templated {
        let name: String
        let short: String
        let exact: String?
        let change: String?

        static var fields: Fields<Stat> {
            Fields {
                Field.text("name") { $0.name }
                Field.text("short") { $0.short }
                Field.optionalText("exact") { $0.exact }
                Field.optionalText("change") { $0.change }
            }
        }
    }

    /// The numbers at one moment; "–" is not known.
    struct Row: Templated {
        let iso: String
        let seen: String
        let views: String
        let gained: String
        let likes: String
        let comments: String
        let shares: String

        static var fields: Fields<Row> {
            Fields {
                Field.text("iso") { $0.iso }
                Field.text("seen") { $0.seen }
                Field.text("views") { $0.views }
                Field.text("gained") { $0.gained }
                Field.text("likes") { $0.likes }
                Field.text("comments") { $0.comments }
                Field.text("shares") { $0.shares }
            }
        }
    }

    let stats: [Stat]
    let seen: String
    let chart: NumbersChart?
    let chartHint: String
    let rows: [Row]

    static var fields: Fields<TrendNumbers> {
        Fields {
            Field.list("stats") { $0.stats }
            Field.text("seen") { $0.seen }
            Field.optional("chart") { $0.chart }
            Field.text("chartHint") { $0.chartHint }
            Field.list("rows") { $0.rows }
        }
    }
}

extension TrendNumbers {
    init(_ trend: Trend) {
        let history = trend.history
        stats = [
            Stat("Views", in: history) { $0.views },
            Stat("Likes", in: history) { $0.likes },
            Stat("Comments", in: history) { $0.comments },
            Stat("Shares", in: history) { $0.shares },
        ]
        chart = NumbersChart(history)
        chartHint =
            chart.map { "Above: \($0.measure.rawValue) in all. Below: gained per day." }
            ?? "A chart needs two sightings."
        seen = "seen \(history.count == 1 ? "once" : "\(history.count) times")"
        rows = Row.newestFirst(history)
    }
}

extension TrendNumbers.Stat {
    fileprivate init(_ name: String, in history: [Snapshot], _ count: (Counts) -> Int64?) {
        self.name = name
        var (last, before): (Int64?, Int64?)
        for snapshot in history.reversed() where before == nil {
            if last == nil { last = count(snapshot.counts) } else { before = count(snapshot.counts) }
        }
        short = last.map { Figures.abbreviated($0) } ?? ""
        exact = last.map { Figures.exact($0) }
        if let last, let before { change = Figures.signed(last - before) } else { change = nil }
    }
}

extension TrendNumbers.Row {
    fileprivate static func newestFirst(_ history: [Snapshot]) -> [TrendNumbers.Row] {
        var rows: [TrendNumbers.Row] = []
        rows.reserveCapacity(history.count)
        var before: Int64?
        for snapshot in history {
            rows.append(TrendNumbers.Row(snapshot, viewsBefore: before))
            before = snapshot.counts.views ?? before
        }
        return rows.reversed()
    }

    private init(_ snapshot: Snapshot, viewsBefore: Int64?) {
        func known(_ count: Int64?) -> String { count.map { Figures.exact($0) } ?? "–" }
        let counts = snapshot.counts
        (iso, seen) = (Figures.iso(snapshot.observedAt), Figures.dateTime(snapshot.observedAt))
        (views, likes, comments, shares) = (
            known(counts.views), known(counts.likes), known(counts.comments), known(counts.shares)
        )
        if let views = counts.views, let viewsBefore {
            gained = Figures.signed(views - viewsBefore)
        } else {
            gained = "–"
        }
    }
}
