/// Everything a trend's score says, each part with its basis or absent.
package struct TrendScore: Sendable, Hashable, Codable {
    package let velocity: Velocity?
    package let outlier: Outlier
    /// Expected gain in the 24 hours after the last snapshot; `nil` when nothing is known.
    package let rising: Double?

    package init(velocity: Velocity?, outlier: Outlier, rising: Double?) {
        (self.velocity, self.outlier, self.rising) = (velocity, outlier, rising)
    }
}

/// Whom a post is compared with.
package struct ScorePeers: Sendable {
    /// The same author's posts; the post itself may be among them.
    package let author: PeerGroup
    /// Posts of the same platform in the same watchlist; as above.
    package let cohort: PeerGroup
    package let cohortName: String
    /// "video" or "post".
    package let noun: String

    package init(author: PeerGroup, cohort: PeerGroup, cohortName: String, noun: String) {
        (self.author, self.cohort, self.cohortName, self.noun) = (author, cohort, cohortName, noun)
    }
}

package enum Scoring {
    /// An author needs this many other posts with a value at the age in question; a cohort more, being more mixed.
    static let authorMinimum = 5
    static let cohortMinimum = 20

    /// A post's score as of its last snapshot.
    package static func score(of post: PostHistory, among peers: ScorePeers) -> TrendScore {
        TrendScore(
            velocity: Velocity.of(post), outlier: outlier(of: post, among: peers), rising: Rising.expectedGain(of: post)
        )
    }

    private static func outlier(of post: PostHistory, among peers: ScorePeers) -> Outlier {
        guard let measure = post.measure, let latest = post.values(of: measure).last else {
            return .notEnoughData(reason: "this post's views and likes are not public.")
        }
        guard let publishedAt = post.publishedAt else {
            return .notEnoughData(reason: "when this post was published is not known.")
        }
        let age = latest.at.hours(since: publishedAt)
        guard age > 0 else { return .notEnoughData(reason: "this post has not been seen since its first hour.") }
        func values(_ peers: PeerGroup) -> [Double] { peers.values(of: measure, atAge: age, without: post.id) }
        let author = values(peers.author)
        let (values, cohort) =
            author.count >= authorMinimum
            ? (author, .author)
            : (values(peers.cohort), .watchlist(peers.cohortName))
                as ([Double], OutlierBasis.Cohort)
        guard cohort == .author || values.count >= cohortMinimum else {
            let known =
                "\(author.count) of \(authorMinimum) by this creator and \(values.count) of \(cohortMinimum) in the watchlist"
            return .notEnoughData(reason: "too few \(peers.noun)s seen at that age (\(known)).")
        }
        let median = median(values)
        guard median > 0 else { return .notEnoughData(reason: "the others had no \(measure.rawValue) at that age.") }
        let basis = OutlierBasis(
            value: latest.value, measure: measure, ageHours: age, median: median, peers: values.count, cohort: cohort,
            noun: peers.noun)
        return .known(ratio: Double(latest.value) / median, basis)
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
