/// What writers committed since the last look, as far as it is known.
package struct ChangeNews: Sendable, Equatable {
    /// Sites whose revision rose, each with the highest revision that was told.
    package let sites: [Change]
    /// Whose running jobs told how far they are.
    package var progressed: Set<UserID> = []
    /// Of whom a session ended.
    package var signedOut: Set<UserID> = []
    /// What else was told: names of topics, such as `jobs`.
    package let topics: Set<String>
    /// Something else may have been committed as well: look for yourself.
    package let isIncomplete: Bool

    package init(sites: [Change], topics: Set<String>, isIncomplete: Bool) {
        (self.sites, self.topics, self.isIncomplete) = (sites, topics, isIncomplete)
    }

    package func mayConcern(topic: String) -> Bool { isIncomplete || topics.contains(topic) }
}

/// Wakes whoever waits for committed writes, of this process and of others. A wake-up, never a source of truth.
package protocol ChangeFeeding: Sendable {
    /// News from now on, for one iterating task; ends when that task is cancelled or the store closed.
    ///
    /// The first comes as soon as the feed stands, and is `isIncomplete`, so that nothing written before is missed. On
    /// PostgreSQL news come within milliseconds from every process; on SQLite those of this process do, those of others
    /// come every 250 ms and are only `isIncomplete`; behind pgbouncer all are. What is not taken yet is kept and merged.
    func changes() -> AsyncStream<ChangeNews>
}
