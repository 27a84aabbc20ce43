import SQL

extension Connection {
    /// The end of a SELECT that picks rows to claim, so that two workers pick different ones without waiting.
    ///
    /// SQLite has one writer at a time: nothing needs saying. PostgreSQL: `FOR UPDATE SKIP LOCKED`.
    var skippingLocked: Query { "" }
}
