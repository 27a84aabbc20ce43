import CPostgres

/// A statement's answer, freed with the value.
struct PostgresResult: ~Copyable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { PQclear(pointer) }

    var count: Int { Int(PQntuples(pointer)) }

    /// 0 for statements that change nothing.
    var changedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// `COMMIT`, `ROLLBACK`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(pointer)) }

    /// Valid as long as this result.
    func row(_ index: Int) -> PostgresRow { PostgresRow(result: pointer, index: Int32(index)) }

    var parameterTypes: [Oid] { (0..<PQnparams(pointer)).map { PQparamtype(pointer, $0) } }
}

/// A row of a result in PostgreSQL's binary format.
struct PostgresRow {
    fileprivate let result: OpaquePointer
    fileprivate let index: Int32

    func isNull(_ column: Int) -> Bool { PQgetisnull(result, index, Int32(column)) == 1 }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let (start, count) = (PQgetvalue(result, index, Int32(column)), PQgetlength(result, index, Int32(column)))
        return UnsafeRawBufferPointer(start: start, count: Int(count))
    }

    func text(_ column: Int) -> String {
        precondition(!isNull(column), "column \(column) is NULL")
        return String(decoding: bytes(column), as: UTF8.self)
    }

    func integer(_ column: Int) -> Int64 {
        let bytes = known(column)
        switch type(column) {
        case .int8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case .int4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case .int2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case .bool: return Int64(bytes[0])
        case .numeric: return Int64(PostgresNumeric(bytes).wholePart)
        default: preconditionFailure("column \(column) is no integer, but of PostgreSQL's type \(type(column).oid)")
        }
    }

    func real(_ column: Int) -> Double {
        let bytes = known(column)
        switch type(column) {
        case .float8: return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case .float4: return Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        case .numeric: return PostgresNumeric(bytes).value
        default: return Double(integer(column))
        }
    }

    func value(_ column: Int) -> SQLValue {
        if isNull(column) { return .null }
        return switch type(column) {
        case .int8, .int4, .int2, .bool: .integer(integer(column))
        case .float8, .float4, .numeric: .real(real(column))
        case .bytea: .blob([UInt8](bytes(column)))
        default: .text(text(column))
        }
    }

    private func type(_ column: Int) -> PostgresType { PostgresType(oid: PQftype(result, Int32(column))) }

    private func known(_ column: Int) -> UnsafeRawBufferPointer {
        let bytes = bytes(column)
        precondition(bytes.count > 0, "column \(column) is NULL")
        return bytes
    }
}

/// Types by their number in `pg_type`, which never changes for those built in.
struct PostgresType: Equatable {
    let oid: Oid

    static let bool = PostgresType(oid: 16)
    static let bytea = PostgresType(oid: 17)
    static let int8 = PostgresType(oid: 20)
    static let int2 = PostgresType(oid: 21)
    static let int4 = PostgresType(oid: 23)
    static let text = PostgresType(oid: 25)
    static let float4 = PostgresType(oid: 700)
    static let float8 = PostgresType(oid: 701)
    static let numeric = PostgresType(oid: 1700)
}

/// The type `sum` and `avg` of integers have, in its wire format: base-10,000 digits, the first worth 10,000^weight.
struct PostgresNumeric {
    private let digits: [Int]
    private let weight: Int
    private let isNegative: Bool

    init(_ bytes: UnsafeRawBufferPointer) {
        func word(_ place: Int) -> Int16 {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: place * 2, as: Int16.self))
        }
        digits = (0..<Int(word(0))).map { Int(word(4 + $0)) }
        weight = Int(word(1))
        isNegative = word(2) == 0x4000
    }

    /// The nearest one.
    var value: Double {
        let size = digits.reduce("0") { text, digit in text + String(10_000 + digit).dropFirst() }
        return Double("\(isNegative ? "-" : "")\(size)e\(4 * (weight + 1 - digits.count))") ?? .nan
    }

    /// Stops the program when it is larger than 64 bits.
    var wholePart: Int {
        guard weight >= 0 else { return 0 }
        let size = (0...weight).reduce(0) { $0 * 10_000 + ($1 < digits.count ? digits[$1] : 0) }
        return isNegative ? -size : size
    }
}
