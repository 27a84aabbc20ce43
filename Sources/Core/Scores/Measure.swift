/// The number that a score is about. Views and likes are never mixed.
package enum Measure: String, Sendable, Hashable, CaseIterable, Codable {
    case views, likes

    package func value(of counts: Counts) -> Int64? {
        switch self {
        case .views: counts.views
        case .likes: counts.likes
        }
    }
}
