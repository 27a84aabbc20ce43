/// The database program behind the one API.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres
}

/// How much of the others' work a write may meet. On SQLite both are the same: writes come one after the other.
package enum Isolation: Sendable {
    /// As if writes came one after the other (SERIALIZABLE): what was read stays true until the commit.
    case serial
    /// Each statement sees what was committed when it began, and locks the rows that it changes (READ COMMITTED): for
    /// work whose statements check and change in one, such as claims. Nothing is run again but after a deadlock.
    case rows
}
