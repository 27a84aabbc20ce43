import Core
import Foundation
import Scraping

/// Judges rankings on a file of the trending data set's shape: which posts will gain most by the next day?
///
/// For each country and day d with at least 20 posts seen on d and d+1: relevance is max(0, views gained), scores see
/// only what any country's list had shown by d, quality is NDCG@20 (linear gain, log2 discount; Järvelin and Kekäläinen
/// 2002). Figures are means over country-days.
struct RankingEvaluation {
    static let depth = 20
    static let fewest = 20

    /// A way to order posts: by what is known of a post on that day, a score, `nil` when there is none.
    struct Ranker: Sendable {
        let name: String
        let score: @Sendable (PostHistory, Instant) -> Double?

        /// The product's own score and the three baselines it must beat.
        static let all = [
            Ranker(name: "rising") { history, _ in Rising.expectedGain(of: history) },
            Ranker(name: "views") { history, _ in history.values(of: .views).last.map { Double($0.value) } },
            Ranker(name: "lifetime") { history, now in
                guard let views = history.values(of: .views).last?.value else { return nil }
                guard let published = history.publishedAt else { return Double(views) }
                return Double(views) / max(1, now.hours(since: published))
            },
            Ranker(name: "last gain") { history, _ in
                let values = history.values(of: .views).suffix(2)
                guard values.count == 2, let first = values.first, let last = values.last else { return nil }
                return Double(last.value - first.value) / last.at.hours(since: first.at)
            },
        ]
    }

    struct Result: Encodable {
        let name: String
        let ndcg: Double
        let countries: [String: Double]
    }

    private var sightings: [String: [Int64: [String: Int64]]] = [:]
    private var merged: [String: [Instant: Counts]] = [:]
    private var published: [String: Instant] = [:]

    /// The latest moment at which anything was seen on a day.
    private var latest: [Int64: Instant] = [:]
    /// Lines that are no row: no JSON, or without id, day, country or plausible views.
    private(set) var leftOut = 0

    /// Reads one row a line, whichever line ends the file has.
    init(files: [String]) throws {
        for file in files {
            for line in try Self.text(of: file).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                guard let row = try? JSONDecoder().decode(TrendingRow.self, from: Data(line)), add(row) else {
                    leftOut += 1
                    continue
                }
            }
        }
    }

    private mutating func add(_ row: TrendingRow) -> Bool {
        let counts = Counts(views: row.views, likes: row.likes, comments: row.comments)
        guard let time = Timestamp.iso(row.observedAt), let views = counts.views else { return false }
        let seen = sightings[row.country]?[time.day]?[row.videoID]
        sightings[row.country, default: [:]][time.day, default: [:]][row.videoID] = max(seen ?? 0, views)
        latest[time.day] = max(latest[time.day] ?? time, time)
        merged[row.videoID, default: [:]][time] = merged[row.videoID]?[time]?.merged(with: counts) ?? counts
        if let published = row.publishedAt.flatMap(Timestamp.iso) { self.published[row.videoID] = published }
        return true
    }

    private static func text(of file: String) throws -> Data {
        guard let stream = fopen(file, "rb") else { throw ImportFailure(path: file, code: errno) }
        fclose(stream)
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ImportFailure(path: file, code: EISDIR)
        }
        return data
    }

    func result(of ranker: Ranker) -> Result {
        var all: [Double] = []
        var countries: [String: Double] = [:]
        for (country, days) in sightings {
            let values = days.keys.sorted().compactMap { day in
                days[day + 1].flatMap { quality(of: ranker, day: day, today: days[day] ?? [:], tomorrow: $0) }
            }
            guard !values.isEmpty else { continue }
            countries[country] = values.reduce(0, +) / Double(values.count)
            all += values
        }
        return Result(
            name: ranker.name, ndcg: all.isEmpty ? 0 : all.reduce(0, +) / Double(all.count), countries: countries)
    }

    /// NDCG@20 of one country-day, `nil` when too few posts were seen on both days.
    private func quality(
        of ranker: Ranker, day: Int64, today: [String: Int64], tomorrow: [String: Int64]
    ) -> Double? {
        guard let now = latest[day] else { return nil }
        let gains = today.compactMap { id, views in tomorrow[id].map { (id: id, gain: Double(max(0, $0 - views))) } }
        guard gains.count >= Self.fewest else { return nil }
        let scored = gains.map { (id: $0.id, gain: $0.gain, score: ranker.score(history(of: $0.id, by: now), now)) }
        let ranked = scored.sorted { left, right in
            left.score == right.score ? left.id < right.id : (left.score ?? -.infinity) > (right.score ?? -.infinity)
        }
        let ideal = Self.gain(gains.map(\.gain).sorted(by: >))
        return ideal > 0 ? Self.gain(ranked.map(\.gain)) / ideal : 1
    }

    private func history(of id: String, by now: Instant) -> PostHistory {
        let known = (merged[id] ?? [:]).filter { $0.key <= now }.sorted { $0.key < $1.key }
        return PostHistory(
            id: id, publishedAt: published[id],
            snapshots: known.map { Snapshot(observedAt: $0.key, counts: $0.value) })
    }

    private static func gain(_ relevance: [Double]) -> Double {
        relevance.prefix(depth).enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
    }
}

/// One row of the trending data set, as far as the ranking reads it.
private struct TrendingRow: Decodable {
    let videoID: String
    let publishedAt: String?
    let views: Int64?
    let likes: Int64?
    let comments: Int64?
    let country: String
    let observedAt: String

    enum CodingKeys: String, CodingKey {
        case videoID = "video_id"
        case publishedAt = "publish_time"
        case comments = "comment_count"
        case observedAt = "observed_at"
        case views, likes, country
    }
}
