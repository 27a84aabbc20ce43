import Core

/// What a site consists of: which address is which file. One rename of this file switches a whole site.
package struct Manifest: Sendable, Equatable {
    /// A page's file that no current page needs any more; kept for a minute for readers of the manifest before.
    struct Dropped: Sendable, Equatable {
        let name: String
        let at: Instant
    }

    package let revision: Int64
    /// The next instant at which pages change by time alone.
    package let dueAt: Instant?
    package let pages: [String: PageDigest]
    let dropped: [Dropped]

    /// Whether the pages show `revision` at `now`.
    package func isCurrent(_ revision: Int64, at now: Instant) -> Bool {
        self.revision == revision && dueAt.map { now < $0 } ?? true
    }

    /// Whether this is the name of a page's file, current or dropped.
    package func names(_ file: String) -> Bool {
        dropped.contains { $0.name == file } || pages.contains { Manifest.fileName(of: $0.key, $0.value) == file }
    }

    /// The name of a page's file inside the site's folder: the address with `~` for `/`, its digest, its extension.
    static func fileName(of address: String, _ digest: PageDigest) -> String {
        let path = address.utf8.dropFirst(address.utf8.first == UInt8(ascii: "/") ? 1 : 0)
        var (stem, suffix) = (path, "html".utf8[...])
        if path.last == UInt8(ascii: "/") {
            stem = path.dropLast()
        } else if let dot = path.lastIndex(of: UInt8(ascii: ".")) {
            (stem, suffix) = (path[..<dot], path[path.index(after: dot)...])
        }
        if stem.isEmpty { stem = "index".utf8[...] }
        return String(unsafeUninitializedCapacity: stem.count + suffix.count + 34) { name in
            var place = 0
            func add(_ byte: UInt8) {
                name[place] = byte
                place += 1
            }
            for byte in stem { add(byte == UInt8(ascii: "/") ? UInt8(ascii: "~") : byte) }
            add(UInt8(ascii: "."))
            for index in 0..<32 { add(digest.hexDigit(index)) }
            add(UInt8(ascii: "."))
            for byte in suffix { add(byte) }
            return place
        }
    }
}

// MARK: Encoding

extension Manifest {
    private static let magic: UInt64 = 0x4B41_5054_5552_4501  // "KAPTURE", version 1
    private static let never = Int64.max

    /// A 32-byte header, the pages in order of address, then the dropped files. Equal manifests are equal bytes.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32 + pages.count * 80 + dropped.count * 100)
        bytes.append(integer: Manifest.magic)
        bytes.append(integer: revision)
        bytes.append(integer: dueAt?.milliseconds ?? Manifest.never)
        bytes.append(integer: UInt32(pages.count))
        bytes.append(integer: UInt32(dropped.count))
        for (address, digest) in pages.sorted(by: { $0.key < $1.key }) {
            bytes.append(text: address)
            digest.append(to: &bytes)
        }
        for file in dropped {
            bytes.append(text: file.name)
            bytes.append(integer: file.at.milliseconds)
        }
        return bytes
    }

    /// Revision and due time alone, without its pages.
    static func header(of bytes: [UInt8]) -> Manifest? {
        bytes.withUnsafeBytes { buffer in
            var reader = ManifestReader(buffer)
            guard reader.integer(UInt64.self) == Manifest.magic, let revision = reader.integer(Int64.self),
                let due = reader.integer(Int64.self)
            else { return nil }
            let dueAt = due == Manifest.never ? nil : Instant(milliseconds: due)
            return Manifest(revision: revision, dueAt: dueAt, pages: [:], dropped: [])
        }
    }

    /// `nil` when the bytes are not a whole manifest of this version.
    package init?(encoded bytes: [UInt8]) {
        guard let manifest = bytes.withUnsafeBytes({ Manifest(reading: ManifestReader($0)) }) else { return nil }
        self = manifest
    }

    private init?(reading input: consuming ManifestReader) {
        var reader = input
        guard reader.integer(UInt64.self) == Manifest.magic, let revision = reader.integer(Int64.self),
            let due = reader.integer(Int64.self), let pageCount = reader.integer(UInt32.self),
            let droppedCount = reader.integer(UInt32.self)
        else { return nil }
        var pages: [String: PageDigest] = [:]
        pages.reserveCapacity(min(Int(pageCount), 100_000))
        for _ in 0..<pageCount {
            guard let address = reader.text(), let digest = reader.digest() else { return nil }
            pages[address] = digest
        }
        var dropped: [Dropped] = []
        for _ in 0..<droppedCount {
            guard let name = reader.text(), let at = reader.integer(Int64.self) else { return nil }
            dropped.append(Dropped(name: name, at: Instant(milliseconds: at)))
        }
        guard reader.isAtEnd else { return nil }
        let dueAt = due == Manifest.never ? nil : Instant(milliseconds: due)
        self.init(revision: revision, dueAt: dueAt, pages: pages, dropped: dropped)
    }
}

/// Reads a manifest's parts in order; `nil` where the bytes end too early.
private struct ManifestReader {
    let bytes: UnsafeRawBufferPointer
    var place = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value? {
        guard place + MemoryLayout<Value>.size <= bytes.count else { return nil }
        defer { place += MemoryLayout<Value>.size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
    }

    mutating func text() -> String? {
        guard let count = integer(UInt16.self).map(Int.init), place + count <= bytes.count else { return nil }
        defer { place += count }
        return String(decoding: bytes[place..<place + count], as: UTF8.self)
    }

    mutating func digest() -> PageDigest? {
        guard place + 16 <= bytes.count else { return nil }
        defer { place += 16 }
        return PageDigest(bytes: UnsafeRawBufferPointer(rebasing: bytes[place..<place + 16]))
    }
}

extension [UInt8] {
    fileprivate mutating func append(integer value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    /// At most 65,535 bytes of UTF-8.
    fileprivate mutating func append(text: String) {
        append(integer: UInt16(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
