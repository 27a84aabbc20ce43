/// How many different users were there.
package struct ActiveUsers: Sendable, Hashable {
    /// On this day, and in the 7 and 30 days that end with it.
    package let day: Int
    package let week: Int
    package let month: Int

    package init(day: Int, week: Int, month: Int) {
        (self.day, self.week, self.month) = (day, week, month)
    }
}

/// Remembers who was there on which day (UTC), and nothing else of what they did.
package protocol ActivityKeeping: Sendable {
    /// Saying it again changes nothing.
    func noteActive(_ users: Set<UserID>, on day: Int64) async throws
    func activeUsers(through day: Int64) async throws -> ActiveUsers
    /// Forgets days before this one.
    func forgetActivity(before day: Int64) async throws
}
