/// How far a post stands out among its like at the same age, or why that cannot be said.
package enum Outlier: Sendable, Hashable, Codable {
    /// The post's number divided by the median of its peers.
    case known(ratio: Double, OutlierBasis)
    case notEnoughData(reason: String)

    package var ratio: Double? {
        guard case .known(let ratio, _) = self else { return nil }
        return ratio
    }

    /// "8.2x: 410k views at 36 h; median of 9 videos by this creator at that age: 50k", or why there is no score.
    package var sentence: String {
        switch self {
        case .known(let ratio, let basis): "\(Figures.ratio(ratio)): \(basis.sentence)"
        case .notEnoughData(let reason): "Not enough data: \(reason)"
        }
    }
}

/// The numbers behind an outlier score.
package struct OutlierBasis: Sendable, Hashable, Codable {
    /// Who the post was compared with.
    package enum Cohort: Sendable, Hashable, Codable {
        /// The same author's other posts.
        case author
        /// Posts of the same platform in the watchlist of this name.
        case watchlist(String)
    }

    package let value: Int64
    package let measure: Measure
    package let ageHours: Double
    package let median: Double
    /// How many peers have a known value at that age.
    package let peers: Int
    package let cohort: Cohort
    /// "video" or "post".
    package let noun: String

    package init(
        value: Int64, measure: Measure, ageHours: Double, median: Double, peers: Int, cohort: Cohort, noun: String
    ) {
        (self.value, self.measure, self.ageHours, self.median) = (value, measure, ageHours, median)
        (self.peers, self.cohort, self.noun) = (peers, cohort, noun)
    }

    var sentence: String {
        let peers = Figures.plural(self.peers, noun)
        let whose =
            switch cohort {
            case .author: "by this creator"
            case .watchlist(let name): "in “\(name)”"
            }
        return "\(Figures.abbreviated(value)) \(measure.rawValue) at \(Figures.age(hours: ageHours)); "
            + "median of \(peers) \(whose) at that age: \(Figures.abbreviated(Int64(median.rounded())))"
    }
}
