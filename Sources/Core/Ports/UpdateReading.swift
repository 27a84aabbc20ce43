/// A job that runs, and how far it is.
package struct RunningJob: Sendable, Hashable {
    package let id: JobID
    /// The stable name of its request.
    package let name: String
    /// 0 to 1; `nil` before the job tells it.
    package let progress: Double?

    package init(id: JobID, name: String, progress: Double?) {
        (self.id, self.name, self.progress) = (id, name, progress)
    }
}

/// How things stand for one user, as far as their open pages show it.
package struct UserUpdate: Sendable, Hashable {
    package let head: SiteHead
    /// In order of their ids.
    package let running: [RunningJob]
    /// How many sessions they have, expired ones that are still stored included.
    package let sessionCount: Int

    package init(head: SiteHead, running: [RunningJob], sessionCount: Int) {
        (self.head, self.running, self.sessionCount) = (head, running, sessionCount)
    }
}

/// Tells open pages what changed: wakes up, and then reads how things stand.
package protocol UpdateReading: ChangeFeeding {
    /// Users without a site are left out.
    func updates(of users: Set<UserID>) async throws -> [UserID: UserUpdate]
}
