/// A digest of rows in any order: equal tables have equal digests on every engine, version and machine. It finds what goes
/// wrong by accident; it is no protection against forgery.
package struct RowDigest: Sendable, Hashable, CustomStringConvertible {
    private var sum: UInt64 = 0
    private var mixedSum: UInt64 = 0
    package private(set) var count: Int64 = 0

    package init() {}

    package mutating func add(_ row: [SQLValue]) {
        // FNV-1a, then the finalizer of SplitMix64, so that sums of row hashes do not cancel out.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for value in row { RowDigest.mix(value, into: &hash) }
        count += 1
        sum &+= RowDigest.finalized(hash)
        mixedSum &+= RowDigest.finalized(hash ^ 0x9E37_79B9_7F4A_7C15)
    }

    /// 32 hex digits.
    package var description: String { RowDigest.hex(sum) + RowDigest.hex(mixedSum) }

    private static func mix(_ value: SQLValue, into hash: inout UInt64) {
        switch value {
        case .null: mix([0], into: &hash)
        case .integer(let value): mix([1], UInt64(bitPattern: value), into: &hash)
        case .real(let value): mix([2], value.bitPattern, into: &hash)
        case .text(let text):
            mix([3], UInt64(text.utf8.count), into: &hash)
            mix(text.utf8, into: &hash)
        case .blob(let bytes):
            mix([4], UInt64(bytes.count), into: &hash)
            mix(bytes, into: &hash)
        }
    }

    private static func mix(_ kind: [UInt8], _ bits: UInt64, into hash: inout UInt64) {
        mix(kind, into: &hash)
        withUnsafeBytes(of: bits.littleEndian) { mix($0, into: &hash) }
    }

    private static func mix(_ bytes: some Sequence<UInt8>, into hash: inout UInt64) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    private static func finalized(_ hash: UInt64) -> UInt64 {
        var mixed = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
