import SQL

/// What a query must say differently on each engine. All other SQL is one text for both.
struct Dialect {
    let engine: Engine

    /// Ends a SELECT that claims rows: they are the caller's until the commit, and rows that others claim are passed over.
    /// For writes with `Isolation.rows`. On SQLite a write is alone.
    var claiming: Query { engine == .sqlite ? "" : "FOR UPDATE SKIP LOCKED" }

    /// Ends a SELECT of rows that nobody else may change until the commit; waits for whoever does. As `claiming`.
    var locking: Query { engine == .sqlite ? "" : "FOR UPDATE" }

    /// Whether others may change rows between two statements of a write with `Isolation.rows`.
    var sharesRows: Bool { engine == .postgres }

    /// Where `column` contains `text`, byte by byte: what is searched without regard to case is stored folded.
    func contains(_ column: Query, _ text: String) -> Query {
        engine == .sqlite ? "(instr(\(column), \(text)) > 0)" : "(strpos(\(column), \(text)) > 0)"
    }

    /// The larger of two numbers; NULL when one of them is.
    func larger(_ left: Query, _ right: Query) -> Query {
        guard engine == .postgres else { return "max(\(left), \(right))" }
        return "CASE WHEN \(left) IS NULL OR \(right) IS NULL THEN NULL ELSE greatest(\(left), \(right)) END"
    }
}

extension Connection {
    var dialect: Dialect { Dialect(engine: engine) }
}
