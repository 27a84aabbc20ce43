import Core

/// Puts what changed since the last look into the words of a stream (`text/event-stream`, HTML Standard 9.2).
struct EventTeller {
    /// The revision that the client knows; `nil` before the first update.
    private var revision: Int64?
    private var running: [RunningJob] = []

    /// `last` is the id of the last event that the client had from an earlier stream.
    init(last: Int64?) {
        revision = last
    }

    /// `retry` for the client's next try, and the revision at which this stream begins.
    mutating func greeting(_ update: UserUpdate, retry: Duration) -> String {
        let known = revision ?? update.head.revision
        revision = known
        let milliseconds = retry.components.seconds * 1000 + retry.components.attoseconds / 1_000_000_000_000_000
        return "retry: \(milliseconds)\n" + Self.event("hello", id: known) { Self.write(known, [], &$0) }
    }

    /// The events that say what is new; `nil` when nothing is.
    mutating func events(_ update: UserUpdate) -> String? {
        let events = (change(update.head) ?? "") + (progress(update.running) ?? "")
        return events.isEmpty ? nil : events
    }

    private mutating func change(_ head: SiteHead) -> String? {
        guard let known = revision, known != head.revision else { return nil }
        revision = head.revision
        // Smaller after a backup was restored: then everything may be different.
        let changed = Section.allCases.filter { known > head.revision || head.revision(of: $0) > known }
        return Self.event("change", id: head.revision) { Self.write(head.revision, changed, &$0) }
    }

    private mutating func progress(_ jobs: [RunningJob]) -> String? {
        guard jobs != running else { return nil }
        running = jobs
        return Self.event("jobs", id: nil) { writer in
            writer.object { writer in
                writer.key("jobs")
                writer.array { writer in for job in jobs { Self.write(job, &writer) } }
            }
        }
    }

    private static func write(_ job: RunningJob, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("id")
            writer.text(job.id.rawValue)
            writer.key("job_type")
            writer.text(job.name)
            writer.key("progress")
            job.progress.map { writer.number($0) } ?? writer.null()
        }
    }

    private static func write(_ revision: Int64, _ sections: [Section], _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("revision")
            writer.integer(revision)
            if sections.isEmpty { return }
            writer.key("sections")
            writer.array { writer in for section in sections { writer.text(section.columnName) } }
            writer.key("addresses")
            writer.array { writer in for address in addresses(of: sections) { writer.text(address) } }
        }
    }

    private static func addresses(of sections: [Section]) -> [String] {
        Set(sections.map(\.addresses)).sorted()
    }

    /// JSON has no line breaks outside of its escapes, so the data is one line.
    private static func event(_ name: String, id: Int64?, _ data: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(reserving: 128)
        data(&writer)
        let line = id.map { "id: \($0)\n" } ?? ""
        return "\(line)event: \(name)\ndata: \(String(decoding: writer.bytes, as: UTF8.self))\n\n"
    }
}

extension EventTeller {
    /// A comment, which clients skip: for proxies, and to find out who is gone.
    static let heartbeat = ": still here\n\n"
    /// The last event: there is nobody to tell any more.
    static let end = "event: end\ndata: {\"reason\":\"signed out\"}\n\n"
}
