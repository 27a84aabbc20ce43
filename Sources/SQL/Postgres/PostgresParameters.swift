import CPostgres

/// A statement's values in PostgreSQL's binary format.
struct PostgresParameters {
    /// By value: NULL has none of its own.
    let types: [Oid]
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>?] = []

    init(_ query: Query) throws(SQLFailure) {
        types = query.values.map { PostgresParameters.type(of: $0).oid }
        ranges.reserveCapacity(query.values.count)
        bytes.reserveCapacity(query.values.count * 16 + 1)
        for value in try query.checkedValues() {
            let start = bytes.count
            switch value {
            case .null:
                ranges.append(nil)
                continue
            case .integer(let value): append(UInt64(bitPattern: value))
            case .real(let value): append(value.bitPattern)
            case .text(let text): bytes.append(contentsOf: text.utf8)
            case .blob(let blob): bytes.append(contentsOf: blob)
            }
            ranges.append(start..<bytes.count)
        }
        // Room behind the last value, so that an empty one has an address.
        bytes.append(0)
    }

    /// What libpq's functions take: values, lengths, formats (all binary).
    typealias Pointers = (
        values: UnsafePointer<UnsafePointer<CChar>?>?, lengths: UnsafePointer<Int32>?, formats: UnsafePointer<Int32>?
    )

    func withPointers<Value>(_ body: (Pointers) -> Value) -> Value {
        let lengths = ranges.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: ranges.count)
        return bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = ranges.map { range in range.flatMap { start?.advanced(by: $0.lowerBound) } }
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer {
                        body((values.baseAddress, lengths.baseAddress, $0.baseAddress))
                    }
                }
            }
        }
    }

    private mutating func append(_ bits: UInt64) {
        withUnsafeBytes(of: bits.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func type(of value: SQLValue) -> PostgresType {
        switch value {
        case .null: PostgresType(oid: 0)
        case .integer: .int8
        case .real: .float8
        case .text: .text
        case .blob: .bytea
        }
    }
}
