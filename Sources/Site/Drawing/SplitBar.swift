import Templates

/// A bar of 100 x 10 that shows shares side by side; its numbers stand in the list beside it.
enum SplitBar {
    /// `parts` are class names with their share in percent.
    static func draw(_ parts: [(key: String, percent: Double)]) -> SafeHTML {
        var left = 0.0
        var drawing = ""
        for part in parts {
            drawing +=
                "<rect class=\"\(part.key)\" x=\"\(tenths(left))\" width=\"\(tenths(max(part.percent - 0.6, 0.4)))\" height=\"10\"/>"
            left += part.percent
        }
        return SafeHTML(
            trusted: """
                <svg class="split" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\(drawing)</svg>
                """)
    }

    /// One decimal, without the locale.
    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
