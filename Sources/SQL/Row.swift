import Foundation
import GRDB

/// One row of a result; columns are counted from 0. Reading a NULL or another type than the column's is a mistake of the
/// program and stops it.
package struct Row {
    enum Backend {
        case sqlite(GRDB.Row)
        case postgres(PostgresRow)
    }

    let backend: Backend

    package func text(_ column: Int) -> String {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.text(column)
        }
    }

    package func optionalText(_ column: Int) -> String? {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.isNull(column) ? nil : row.text(column)
        }
    }

    package func integer(_ column: Int) -> Int64 {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.integer(column)
        }
    }

    package func optionalInteger(_ column: Int) -> Int64? {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.isNull(column) ? nil : row.integer(column)
        }
    }

    package func real(_ column: Int) -> Double {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.real(column)
        }
    }

    package func optionalReal(_ column: Int) -> Double? {
        switch backend {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.isNull(column) ? nil : row.real(column)
        }
    }

    package func bool(_ column: Int) -> Bool { integer(column) != 0 }

    /// Calls `body` with the bytes of a blob column, empty for NULL.
    package func withBlob<Value>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        switch backend {
        case .sqlite(let row):
            try row.withUnsafeData(atIndex: column) { data in
                guard let data else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
                return try data.withUnsafeBytes { try body($0) }
            }
        case .postgres(let row): try body(row.bytes(column))
        }
    }

    /// The value of a column as its type has it.
    package func value(_ column: Int) -> SQLValue {
        switch backend {
        case .sqlite(let row): SQLValue(row[column] as DatabaseValue)
        case .postgres(let row): row.value(column)
        }
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .null
            case .int64(let value): .integer(value)
            case .double(let value): .real(value)
            case .string(let value): .text(value)
            case .blob(let data): .blob([UInt8](data))
            }
    }
}
