import Core

/// A trend's snapshots as bytes: five little-endian 64-bit integers each (milliseconds, views, likes, shares, comments),
/// `Int64.min` for unknown. Kept on the trend's row so that a list of cards is one query.
enum HistoryBlob {
    private static let stride = 40

    /// What a trend keeps of a post's snapshots: the newest `Trend.historyLimit`.
    static func encodeNewest(_ snapshots: [Snapshot]) -> [UInt8] {
        encode(snapshots.suffix(Trend.historyLimit))
    }

    private static func encode(_ snapshots: ArraySlice<Snapshot>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(snapshots.count * stride)
        for snapshot in snapshots {
            let counts = snapshot.counts
            for value in [snapshot.observedAt.milliseconds, counts.views, counts.likes, counts.shares, counts.comments]
            {
                withUnsafeBytes(of: (value ?? Int64.min).littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return bytes
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> [Snapshot] {
        (0..<bytes.count / stride).map { index in
            func value(_ place: Int) -> Int64 {
                Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * stride + place * 8, as: Int64.self))
            }
            func known(_ place: Int) -> Int64? {
                let value = value(place)
                return value == Int64.min ? nil : value
            }
            return Snapshot(
                observedAt: Instant(milliseconds: value(0)),
                counts: Counts(views: known(1), likes: known(2), shares: known(3), comments: known(4)))
        }
    }
}
