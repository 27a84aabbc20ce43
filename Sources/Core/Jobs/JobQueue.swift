/// A line in which jobs wait. Each has places of its own in every worker, so a slow one never holds up another.
package struct JobQueue: Sendable, Hashable, RawRepresentable {
    /// Stored, so never changed.
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let standard = JobQueue(rawValue: "standard")
    /// Cleaning up, which nobody waits for.
    package static let upkeep = JobQueue(rawValue: "upkeep")
    /// Where the last attempt of a job waits that was interrupted before: it runs alone there, so that a job which kills
    /// the program takes no other down with it to its own end.
    package static let isolated = JobQueue(rawValue: "isolated")

    /// What only a worker on this data folder can do.
    package static func folder(_ id: String) -> JobQueue { JobQueue(rawValue: "folder-\(id)") }
}
