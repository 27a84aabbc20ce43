import Core
import SQL

extension Topic {
    /// A site's revision rose; payload: user, space, revision.
    static let site = Topic("site")
    /// A job waits; no payload.
    static let jobs = Topic("jobs")
    /// A running job told how far it is; payload: user.
    static let progress = Topic("progress")
    /// A session ended before its time; payload: user.
    static let signOut = Topic("sign-out")
}

extension Store: ChangeFeeding {
    package func changes() -> AsyncStream<ChangeNews> {
        let feed = database.changes()
        return AsyncStream { await feed.first { _ in true }.map(ChangeNews.init) }
    }
}

extension Changes {
    /// Whom `topic` was announced for, where its payload is a user.
    fileprivate func users(_ topic: Topic) -> Set<UserID> {
        Set(announcements.lazy.filter { $0.topic == topic }.map { UserID(rawValue: $0.payload) })
    }
}

extension ChangeNews {
    init(_ changes: Changes) {
        var newest: [UserID: Int64] = [:]
        var topics: Set<String> = []
        for announcement in changes.announcements {
            guard announcement.topic == .site else {
                topics.insert(announcement.topic.name)
                continue
            }
            let parts = announcement.payload.split(separator: " ")
            guard parts.count == 2, let revision = Int64(parts[1]) else { continue }
            let user = UserID(rawValue: String(parts[0]))
            newest[user] = max(revision, newest[user] ?? revision)
        }
        self.init(
            sites: newest.sorted { $0.key < $1.key }.map { Change(site: .user($0.key), revision: $0.value) },
            topics: topics, isIncomplete: changes.isIncomplete)
        (progressed, signedOut) = (changes.users(.progress), changes.users(.signOut))
    }
}
