/// A word or two that a user files things under.
package enum Tag {
    package static let length = 1...40
    /// How many one thing can have.
    package static let most = 20

    /// In the order given, without repetitions that differ by case alone.
    package static func unique(_ tags: [String]) -> [String] {
        var known: Set<String> = []
        return tags.filter { known.insert($0.lowercased()).inserted }
    }
}
