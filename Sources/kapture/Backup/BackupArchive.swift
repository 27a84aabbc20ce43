import Core
import Crypto

/// The files of a backup in one: a tar archive whose last file, `archive.sha256`, is the digest of all before it, so that
/// a backup which is cut off or changed anywhere is noticed.
enum BackupArchive {
    static let sealName = "archive.sha256"
    private static let longestManifest: Int64 = 1 << 20

    /// What stands in a file of the archive.
    enum Content {
        case bytes([UInt8])
        case file(String)
    }

    /// Writes the files in order, and returns when all of them are on the disk.
    static func write(_ files: [(name: String, content: Content)], to path: String, now: Instant) throws {
        let file = try BlockFile(creating: path)
        var digest = SHA256()
        func put(_ bytes: [UInt8]) throws {
            digest.update(data: bytes)
            try file.write(bytes)
        }
        for (name, content) in files {
            let source = try Source(content)
            let entry = TarEntry(name: name, size: source.size)
            try put(entry.encoded(at: now))
            try source.pieces(put)
            try put([UInt8](repeating: 0, count: entry.padding))
        }
        let seal = Array(Hex.text(digest.finalize()).utf8)
        let entry = TarEntry(name: sealName, size: Int64(seal.count))
        try file.write(entry.encoded(at: now) + seal + [UInt8](repeating: 0, count: entry.padding + 1024))
        try file.sync()
    }

    /// Reads the whole archive and checks every byte of it. `take` gets the pieces of each file behind the manifest, in
    /// order; what it got is good only when this returns.
    static func read(
        _ path: String, _ take: (_ name: String, _ piece: [UInt8]) throws -> Void = { _, _ in }
    ) throws -> BackupManifest {
        var reader = try Reader(path)
        let manifest = try reader.manifest()
        for file in manifest.files {
            guard let entry = try reader.entry(), entry == TarEntry(name: file.name, size: file.size) else {
                throw BackupFailure.damaged(file.name)
            }
            var digest = SHA256()
            try reader.pieces(of: entry) { piece in
                digest.update(data: piece)
                try take(file.name, piece)
            }
            guard Hex.text(digest.finalize()) == file.sha256 else { throw BackupFailure.damaged(file.name) }
        }
        try reader.seal()
        return manifest
    }

    /// The digest of a file or of bytes, with its size, as a manifest says them.
    static func describe(_ name: String, _ content: Content) throws -> BackupManifest.File {
        let source = try Source(content)
        var digest = SHA256()
        try source.pieces { digest.update(data: $0) }
        return BackupManifest.File(name: name, size: source.size, sha256: Hex.text(digest.finalize()))
    }

    // MARK: Parts

    private struct Source {
        let size: Int64
        let content: Content

        init(_ content: Content) throws {
            self.content = content
            switch content {
            case .bytes(let bytes): size = Int64(bytes.count)
            case .file(let path): size = try BlockFile(reading: path).size()
            }
        }

        func pieces(_ take: ([UInt8]) throws -> Void) throws {
            switch content {
            case .bytes(let bytes): try take(bytes)
            case .file(let path):
                let file = try BlockFile(reading: path)
                while case let piece = try file.read(BlockFile.pieceSize), !piece.isEmpty { try take(piece) }
            }
        }
    }

    private struct Reader {
        private let file: BlockFile
        private var digest = SHA256()

        init(_ path: String) throws {
            file = try BlockFile(reading: path)
        }

        private mutating func bytes(_ count: Int) throws -> [UInt8] {
            let bytes = try file.read(count)
            guard bytes.count == count else { throw BackupFailure.cutOff }
            digest.update(data: bytes)
            return bytes
        }

        /// The next file; `nil` when there stands something else.
        mutating func entry() throws -> TarEntry? { TarEntry(try bytes(TarEntry.blockSize)) }

        mutating func manifest() throws -> BackupManifest {
            let first = try file.size() < 1024 ? nil : entry()
            guard let first, first.name == BackupManifest.fileName, first.size <= longestManifest else {
                throw BackupFailure.notABackup
            }
            var text: [UInt8] = []
            try pieces(of: first) { text += $0 }
            return try BackupManifest(decoding: text)
        }

        mutating func pieces(of entry: TarEntry, _ take: ([UInt8]) throws -> Void) throws {
            var left = entry.size
            while left > 0 {
                let piece = try bytes(Int(min(left, Int64(BlockFile.pieceSize))))
                left -= Int64(piece.count)
                try take(piece)
            }
            _ = try bytes(entry.padding)
        }

        /// The last file and the end of the archive.
        mutating func seal() throws {
            let expected = Array(Hex.text(digest.finalize()).utf8)
            guard let entry = try entry(), entry == TarEntry(name: sealName, size: Int64(expected.count)) else {
                throw BackupFailure.damaged(sealName)
            }
            let rest = try bytes(expected.count + entry.padding + 1024)
            guard rest.prefix(expected.count).elementsEqual(expected) else { throw BackupFailure.damaged("its files") }
            guard rest.dropFirst(expected.count).allSatisfy({ $0 == 0 }), try file.read(1).isEmpty else {
                throw BackupFailure.damaged("its end")
            }
        }
    }
}
