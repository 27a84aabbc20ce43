/// Copies all rows of one database into another with the same schema, of whichever engines.
///
/// Reads one snapshot and writes one transaction, a few hundred rows in memory at a time: afterwards the target holds all
/// or nothing. Tables that only one engine has are its own business and left alone.
package struct DatabaseCopy {
    package struct Table: Sendable, Equatable {
        package let name: String
        package let digest: RowDigest
    }

    let source: Database
    let target: Database
    /// Called with the table and how many of its rows have been written.
    let progress: (String, Int64) -> Void

    package init(from source: Database, to target: Database, progress: @escaping (String, Int64) -> Void = { _, _ in })
    {
        (self.source, self.target, self.progress) = (source, target, progress)
    }

    /// Copies, reads back what was written and compares counts and digests, then lets `finish` write what the copy has of
    /// its own. Returns the tables as they were copied, in order of name. Blocks its thread.
    package func run(finish: (Connection) throws -> Void = { _ in }) throws -> [Table] {
        guard try source.schemaVersion() == target.schemaVersion() else {
            throw SQLFailure.failed(reason: "the two databases do not have the same schema version")
        }
        return try source.read { source in
            try target.write(.rows) { target in
                let tables = try copy(source, target)
                try finish(target)
                return tables.sorted { $0.name < $1.name }
            }
        }
    }

    private func copy(_ source: Connection, _ target: Connection) throws -> [Table] {
        let order = TableOrder(try sharedTables(source, target))
        try refuseRows(in: order.tables, of: target)
        try target.deferForeignKeys(of: order.looped)
        let copied = try order.tables.map { Table(name: $0.name, digest: try copy($0, source, target)) }
        try target.checkForeignKeys(of: order.looped)
        for (shape, table) in zip(order.tables, copied) { try verify(shape, table, in: target) }
        return copied
    }

    /// The history of the schema is the target's own.
    private func sharedTables(_ source: Connection, _ target: Connection) throws -> [TableShape] {
        let theirs = Dictionary(uniqueKeysWithValues: try target.tables().map { ($0.name, $0) })
        return try source.tables().filter { $0.name != "schema_migrations" }.compactMap { shape in
            guard let other = theirs[shape.name] else { return nil }
            let columns = shape.columns.filter(other.columns.contains)
            return TableShape(name: shape.name, columns: columns, references: shape.references)
        }
    }

    private func refuseRows(in tables: [TableShape], of target: Connection) throws {
        for table in tables {
            let any = Query(text: "SELECT 1 FROM \(table.name.quoted) LIMIT 1", values: [])
            guard try target.first(any, { _ in true }) == nil else {
                throw SQLFailure.failed(reason: "the target is not empty: table \(table.name) has rows")
            }
        }
    }

    private func copy(_ shape: TableShape, _ source: Connection, _ target: Connection) throws -> RowDigest {
        var digest = RowDigest()
        var batch = InsertBatch(shape)
        try source.stream(shape.selection) { row in
            let values = (0..<shape.columns.count).map(row.value)
            digest.add(values)
            batch.add(values)
            guard batch.isFull else { return }
            try batch.write(to: target)
            progress(shape.name, digest.count)
        }
        try batch.write(to: target)
        progress(shape.name, digest.count)
        return digest
    }

    private func verify(_ shape: TableShape, _ table: Table, in target: Connection) throws {
        var digest = RowDigest()
        try target.stream(shape.selection) { row in digest.add((0..<shape.columns.count).map(row.value)) }
        guard digest == table.digest else {
            throw SQLFailure.failed(
                reason:
                    "table \(table.name) did not arrive as it was: \(table.digest.count) rows, digest \(table.digest); "
                    + "in the target \(digest.count) rows, digest \(digest)")
        }
    }
}

extension TableShape {
    fileprivate var columnList: String { columns.map(\.quoted).joined(separator: ", ") }
    fileprivate var selection: Query { Query(text: "SELECT \(columnList) FROM \(name.quoted)", values: []) }
}

/// Rows for one INSERT.
private struct InsertBatch {
    private let shape: TableShape
    private let largest: Int
    private var values: [SQLValue] = []
    private var rows = 0
    private var bytes = 0

    init(_ shape: TableShape) {
        self.shape = shape
        largest = max(1, min(100, 2000 / max(1, shape.columns.count)))
    }

    var isFull: Bool { rows >= largest || bytes >= 1 << 20 }

    mutating func add(_ row: [SQLValue]) {
        values += row
        rows += 1
        for value in row {
            switch value {
            case .text(let text): bytes += text.utf8.count
            case .blob(let blob): bytes += blob.count
            case .null, .integer, .real: bytes += 8
            }
        }
    }

    mutating func write(to target: Connection) throws {
        guard rows > 0 else { return }
        let places = "(" + Array(repeating: "?", count: shape.columns.count).joined(separator: ",") + ")"
        let text =
            "INSERT INTO \(shape.name.quoted) (\(shape.columnList)) VALUES "
            + Array(repeating: places, count: rows).joined(separator: ",")
        try target.execute(Query(text: text, values: values))
        (values, rows, bytes) = ([], 0, 0)
    }
}
