/// Why a template cannot be used: the file, the line, the rule, and what would be right.
package struct TemplateFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file as the library found it, such as `Templates/pages/trends.mustache`.
    package let file: String
    /// Counted from 1; nil when the file as a whole is meant.
    package let line: Int?
    package let reason: String
    /// The tags, as `file:line`, by which the page got to this place; the nearest first.
    package let usedBy: [String]

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let trail = usedBy.isEmpty ? "" : " (used by \(usedBy.joined(separator: ", by ")))"
        return "\(place): \(reason)\(trail)"
    }
}

/// A line of a template, as failures print it.
struct Place: Sendable, Hashable {
    let file: String
    let line: Int
    var usedBy: [String] = []

    func failure(_ reason: String) -> TemplateFailure {
        TemplateFailure(file: file, line: line, reason: reason, usedBy: usedBy)
    }
}
