import Crypto

/// The first 128 bits of a page's SHA-256: its name on disk and its ETag.
package struct PageDigest: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    package init(of bytes: [UInt8]) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        self = hash.finalize().withUnsafeBytes { PageDigest(bytes: $0) }
    }

    /// Reads 16 bytes.
    init(bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: high.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: low.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// 32 lower-case hex digits.
    package var text: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            for place in 0..<32 { buffer[place] = hexDigit(place) }
            return 32
        }
    }

    func hexDigit(_ place: Int) -> UInt8 {
        let word = place < 16 ? high : low
        let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - (place & 15) * 4)) & 15
        return nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }
}
