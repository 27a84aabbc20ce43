import CXXHash

/// Which version of a page this is: XXH3 of its bytes, 128 bits, keyed. Its name on disk and its ETag.
///
/// It tells versions of one site's page apart and finds damaged files; it proves nothing to anybody. Nobody outside knows
/// the key, so nobody can write two texts whose pages pass for the same. SHA-256 took an eighth of a whole build.
package struct PageDigest: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    /// Differs with every epoch, and so with every installation, release and start of the machine.
    package struct Key: Sendable, Equatable {
        fileprivate let seed: UInt64

        package init(epoch: String) {
            seed = Array(epoch.utf8).withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
        }

        init(seed: UInt64) {
            self.seed = seed
        }
    }

    package init(of bytes: [UInt8], _ key: Key) {
        let hash = bytes.withUnsafeBytes { XXH3_128bits_withSeed($0.baseAddress, $0.count, key.seed) }
        (high, low) = (hash.high64, hash.low64)
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
