import Core

extension SettingsReport {
    private static let prefix = "KAPTURE_"

    /// Names that are given a value and look like settings, but are none.
    func strangers(in source: Settings.Source) -> [String] {
        source.names.filter { $0.hasPrefix(Self.prefix) && asked[$0] == nil }.sorted()
    }

    func complaint(of stranger: String) -> String { "\(stranger) is no setting, so it does nothing" }

    /// The setting that was meant, where one begins so or is spelt nearly so.
    func advice(for stranger: String) -> String {
        let names = asked.keys.sorted()
        let longer = names.filter { $0.hasPrefix(stranger + "_") }
        let half = max(2, (stranger.count - Self.prefix.count) / 2)
        let near = names.map { (name: $0, distance: EditDistance.between(stranger, $0)) }
            .filter { $0.distance <= half }.min { $0.distance < $1.distance }
        guard let meant = longer.count == 1 ? longer[0] : near?.name else {
            return "Remove it, or spell it as in .env.example."
        }
        return "Did you mean \(meant)?"
    }
}

/// How many letters must be put in, taken out or changed to make one text of another (Levenshtein).
enum EditDistance {
    static func between(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for place in right.indices {
                let changed = diagonal + (right[place] == letter ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(changed, row[place] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
