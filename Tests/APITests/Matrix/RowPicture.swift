import Core
import SQL
import TestSupport

/// All rows of a database, as texts, to see what a request changed.
struct RowPicture: Equatable {
    /// "table: column=value …", sorted.
    let rows: [String]

    /// `but` names columns ("table.column") or whole tables that do not count.
    init(_ location: String, but omitted: Set<String> = []) throws {
        let database = try Database(try DatabaseAddress(location))
        defer { try? database.close() }
        rows = try database.read { connection in
            try connection.tables().filter { !omitted.contains($0.name) }.flatMap { table in
                let columns = table.columns.filter { !omitted.contains("\(table.name).\($0)") }
                let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
                let query = Query(stringLiteral: "SELECT \(names) FROM \"\(table.name)\"")
                return try connection.rows(query) { row in
                    let values = columns.indices.map { "\(columns[$0])=\(row.value($0))" }
                    return "\(table.name): " + values.joined(separator: " ")
                }
            }.sorted()
        }
    }

    private init(rows: [String]) {
        self.rows = rows
    }

    /// The rows that name one of these ids.
    func naming(_ ids: [String]) -> RowPicture {
        RowPicture(rows: rows.filter { row in ids.contains { row.contains($0) } })
    }

    /// Without the rows that name this id.
    func without(_ id: String) -> RowPicture {
        RowPicture(rows: rows.filter { !$0.contains(id) })
    }

    /// What one has and the other has not.
    func difference(from other: RowPicture) -> [String] {
        Set(rows).symmetricDifference(other.rows).sorted()
    }
}

/// What reading may write: bookkeeping, none of it anybody's data.
enum Bookkeeping {
    static let all: Set<String> = [
        "sessions.seen_at", "api_tokens.last_used_at", "active_days", "permits", "job_slots",
    ]
}
