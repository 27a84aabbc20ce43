import Foundation
import GRDB

/// One database connection inside a transaction. Valid only within the closure that received it.
package struct Connection {
    let database: GRDB.Database

    /// Runs a statement and returns the number of rows it changed.
    @discardableResult
    package func execute(_ query: Query) throws -> Int {
        let statement = try prepare(query)
        try statement.execute()
        return database.changesCount
    }

    /// Every row, mapped, in the statement's order.
    package func rows<Value>(_ query: Query, _ map: (Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try forEach(query) { values.append(try map($0)) }
        return values
    }

    /// Calls `body` for each row in the statement's order; the row is valid only during the call.
    package func forEach(_ query: Query, _ body: (Row) throws -> Void) throws {
        let cursor = try GRDB.Row.fetchCursor(try prepare(query))
        while let row = try cursor.next() {
            try body(Row(row: row))
        }
    }

    /// The first row, mapped, or `nil` when there is none.
    package func first<Value>(_ query: Query, _ map: (Row) throws -> Value) throws -> Value? {
        let cursor = try GRDB.Row.fetchCursor(try prepare(query))
        guard let row = try cursor.next() else { return nil }
        return try map(Row(row: row))
    }

    private func prepare(_ query: Query) throws -> Statement {
        let statement = try database.cachedStatement(sql: query.text)
        statement.setUncheckedArguments(StatementArguments(query.values.map(\.databaseValue)))
        return statement
    }
}

/// One row of a result; columns are counted from 0.
package struct Row {
    let row: GRDB.Row

    package func text(_ column: Int) -> String { row[column] }
    package func optionalText(_ column: Int) -> String? { row[column] }
    package func integer(_ column: Int) -> Int64 { row[column] }
    package func optionalInteger(_ column: Int) -> Int64? { row[column] }
    package func real(_ column: Int) -> Double { row[column] }
    package func optionalReal(_ column: Int) -> Double? { row[column] }
    package func bool(_ column: Int) -> Bool { row[column] as Int64 != 0 }

    /// Calls `body` with the bytes of a blob column, empty for NULL.
    package func withBlob<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        try row.withUnsafeData(atIndex: column) { data in
            guard let data else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
            return try data.withUnsafeBytes { try body($0) }
        }
    }
}

extension SQLValue {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .real(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .blob(let bytes): bytes.withUnsafeBytes { Data($0).databaseValue }
        }
    }
}
