import Core

extension Importer.Report {
    static func += (left: inout Self, right: Self) {
        left.stored += right.stored
        left.skipped.merge(right.skipped, uniquingKeysWith: +)
        left.rejected += right.rejected
        left.rejectedCount += right.rejectedCount
    }

    var isEmpty: Bool { rejectedCount == 0 && skipped.isEmpty && stored == IngestSummary() }

    /// Whether there was something and none of it is known.
    var isAllRejected: Bool { rejectedCount > 0 && skipped.isEmpty && stored == IngestSummary() }

    /// One line of counts, then a line per reason.
    func lines(of title: String) -> [String] {
        let skippedCount = skipped.values.reduce(0, +)
        var lines = [
            "\(title): \(stored.new) new, \(stored.updated) updated, \(stored.unchanged) unchanged, "
                + "\(skippedCount) skipped, \(rejectedCount) rejected"
        ]
        lines += skipped.sorted { $0.key < $1.key }.map { "  skipped \($0.value): \($0.key)" }
        lines += rejected.map { "  rejected \($0.place): \($0.reason)" }
        if rejectedCount > rejected.count { lines.append("  … and \(rejectedCount - rejected.count) more rejected") }
        return lines
    }
}
