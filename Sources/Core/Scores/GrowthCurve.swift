/// A post's number by its age, laid out so that the value at an age is found quickly.
package struct GrowthCurve: Sendable {
    /// In hours, above zero, ascending.
    private let ages: [Double]
    private let values: [Int64]
    /// Of each value plus one, so that a value of zero has a logarithm.
    private let logarithms: [Double]

    /// `nil` without a publish time or without a known value after it.
    package init?(of post: PostHistory, _ measure: Measure) {
        guard let publishedAt = post.publishedAt else { return nil }
        let points = post.values(of: measure).lazy
            .map { (age: $0.at.hours(since: publishedAt), value: $0.value) }.filter { $0.age > 0 }
        ages = points.map(\.age)
        guard !ages.isEmpty else { return nil }
        values = points.map(\.value)
        logarithms = values.map { Mathematics.ln(Double($0) + 1) }
    }

    /// The value at an age in hours, log-linear between the two snapshots around it: the logarithm of the value is linear
    /// in age. `nil` outside the snapshots, or when neither of the two lies within `age`/1.5 … 1.5 `age`.
    package func value(atAge age: Double) -> Double? {
        guard age > 0, let last = ages.last, age <= last else { return nil }
        let next = firstPoint(from: age)
        if ages[next] == age { return Double(values[next]) }
        guard next > 0, isNear(ages[next - 1], age) || isNear(ages[next], age) else { return nil }
        let share = (age - ages[next - 1]) / (ages[next] - ages[next - 1])
        let (low, high) = (logarithms[next - 1], logarithms[next])
        return max(0, Mathematics.exp(low + share * (high - low)) - 1)
    }

    private func isNear(_ other: Double, _ age: Double) -> Bool {
        other >= age / 1.5 && other <= age * 1.5
    }

    private func firstPoint(from age: Double) -> Int {
        var (low, high) = (0, ages.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ages[middle] < age { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Posts that others are compared with.
package struct PeerGroup: Sendable {
    private let curves: [Measure: [(id: String, curve: GrowthCurve)]]

    package static let none = PeerGroup([])

    package init(_ posts: [PostHistory]) {
        curves = Dictionary(
            uniqueKeysWithValues: Measure.allCases.map { measure in
                (measure, posts.compactMap { post in GrowthCurve(of: post, measure).map { (post.id, $0) } })
            })
    }

    /// What is known of the posts at an age, in no promised order; the post of this id is left out.
    func values(of measure: Measure, atAge age: Double, without id: String) -> [Double] {
        (curves[measure] ?? []).compactMap { $0.id == id ? nil : $0.curve.value(atAge: age) }
    }
}
