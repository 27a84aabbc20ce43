import CPostgres
import Glibc

/// Waits for notifications on a connection of its own.
struct PostgresListener {
    static let channel = "kapture"

    let address: PostgresAddress

    /// Until nobody listens to `feed` any more. Blocks its thread. Connects again after the server was away.
    func run(_ feed: ChangeFeed) {
        var pause = ChangeFeed.interval
        repeat {
            guard let session = try? listening() else {
                pause = min(pause * 2, .seconds(5))
                continue
            }
            pause = ChangeFeed.interval
            feed.stand()
            while feed.isNeeded(), wait(session.connection) { feed.tell(arrived(session.connection)) }
            feed.fall()
        } while feed.pause(pause)
    }

    private func listening() throws -> PostgresSession {
        let session = try PostgresSession(address)
        try session.control("LISTEN \(Self.channel)")
        return session
    }

    /// Waits for up to the interval. False when the connection is gone.
    private func wait(_ connection: OpaquePointer) -> Bool {
        var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(ChangeFeed.interval.seconds * 1000)
        return poll(&descriptor, 1, milliseconds) == 0 || PQconsumeInput(connection) == 1
    }

    private func arrived(_ connection: OpaquePointer) -> [Announcement] {
        var announcements: [Announcement] = []
        while let notification = PQnotifies(connection) {
            announcements.append(Announcement(encoded: String(cString: notification.pointee.extra)))
            PQfreemem(notification)
        }
        return announcements
    }
}

extension Announcement {
    /// Topic, space, payload.
    var encoded: String { "\(topic.name) \(payload)" }

    init(encoded: String) {
        let parts = encoded.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(topic: Topic(named: String(parts[0])), payload: parts.count > 1 ? String(parts[1]) : "")
    }
}

/// Looks every 250 ms whether any transaction of the server committed: behind a pooler nobody can listen.
struct PostgresPolling {
    let pool: PostgresPool

    /// Until nobody listens to `feed` any more. Blocks its thread.
    func run(_ feed: ChangeFeed) {
        var seen: String?
        repeat {
            guard let snapshot = try? look() else { continue }
            if snapshot != seen { seen == nil ? feed.stand() : feed.tellOfUnknown() }
            seen = snapshot
        } while feed.pause()
    }

    /// Which transactions a reader sees now: equal texts, nothing new.
    private func look() throws -> String? {
        let session = try pool.borrow()
        defer { pool.giveBack(session) }
        let result = try session.run("SELECT CAST(pg_current_snapshot() AS TEXT)")
        return result.count == 0 ? nil : result.row(0).text(0)
    }
}
