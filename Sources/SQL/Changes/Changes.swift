/// A name under which writers announce what they changed. Stored names: changing one breaks older processes that listen.
package struct Topic: Sendable, Hashable {
    package let name: String

    /// Without spaces.
    package init(_ name: StaticString) {
        self.name = "\(name)"
    }

    init(named name: String) {
        self.name = name
    }
}

/// What one write told about itself: a topic, and a few ids.
package struct Announcement: Sendable, Hashable {
    package let topic: Topic
    package let payload: String

    package init(topic: Topic, payload: String = "") {
        (self.topic, self.payload) = (topic, payload)
    }
}

/// What was committed since the last look, as far as it is known.
package struct Changes: Sendable, Equatable {
    /// In the order they came, each once.
    package internal(set) var announcements: [Announcement] = []
    /// Something else may have been committed as well: look for yourself.
    package internal(set) var isIncomplete = false

    var isEmpty: Bool { announcements.isEmpty && !isIncomplete }

    /// Whether this may concern what is announced under `topic`.
    package func mayConcern(_ topic: Topic) -> Bool {
        isIncomplete || announcements.contains { $0.topic == topic }
    }
}

/// What a write announces, until it is committed.
final class Outbox {
    var announcements: [Announcement] = []
}
