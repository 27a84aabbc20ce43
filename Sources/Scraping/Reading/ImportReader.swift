import Core
import Glibc

/// One item of a file after an adapter looked at it.
package struct ImportedItem: Sendable {
    /// "item 17" of an array or feed, "line 12" of lines or CSV.
    package let place: String
    package let byteOffset: Int64
    package let adapted: Adapted
}

/// A file that cannot be read at all.
package struct ImportFailure: Error, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        (self.path, self.reason) = (path, reason)
    }

    package var description: String { "\(path): \(reason)" }
}

extension ImportFailure {
    /// What the system says about the file: `code` is an `errno`.
    package init(path: String, code: Int32) {
        let reason =
            switch code {
            case ENOENT, ENOTDIR: "there is no such file"
            case EISDIR: "it is a folder; name the files in it"
            default: "it cannot be read: \(String(cString: strerror(code)))"
            }
        self.init(path: path, reason: reason)
    }

    init(notText path: String) {
        self.init(path: path, reason: "it is neither JSON, CSV, Atom nor RSS")
    }
}

/// Reads files of recorded payloads item by item: JSON (an array, objects, objects line by line, a Reddit listing, yt-dlp
/// info), CSV exports, Atom and RSS. JSON and CSV are read in constant memory.
package struct ImportReader: Sendable {
    private let catalog: [any PostAdapter]
    private let chunkSize: Int

    package init(catalog: [any PostAdapter] = AdapterCatalog.all, chunkSize: Int = 256 << 10) {
        (self.catalog, self.chunkSize) = (catalog, chunkSize)
    }

    /// Calls `each` for every item in the file's order; a bad item is one of them, with its reason.
    package func read(path: String, each: (ImportedItem) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImportFailure(path: path, code: errno) }
        defer { close(descriptor) }
        try read({ () throws in try chunk(of: descriptor, path) }, name: path, each: each)
    }

    private func chunk(of descriptor: Int32, _ path: String) throws(ImportFailure) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
            let read = Glibc.read(descriptor, buffer.baseAddress, chunkSize)
            (count, code) = (max(0, read), read < 0 ? errno : 0)
        }
        guard code == 0 else { throw ImportFailure(path: path, code: code) }
        return bytes
    }

    /// As `read(path:)`, over bytes in memory; `name` stands in errors.
    package func read(bytes: [UInt8], name: String, each: (ImportedItem) throws -> Void) throws {
        var rest = bytes[...]
        try read(
            {
                let chunk = Array(rest.prefix(chunkSize))
                rest = rest.dropFirst(chunkSize)
                return chunk
            }, name: name, each: each)
    }

    private func read(
        _ next: () throws -> [UInt8], name: String, each: (ImportedItem) throws -> Void
    ) throws {
        var first = try next()
        while first.count < 4 {
            let more = try next()
            if more.isEmpty { break }
            first += more
        }
        if first.starts(with: [0xEF, 0xBB, 0xBF]) { first.removeFirst(3) }
        let isUTF16 = first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0xFF, 0xFE])
        let start = first.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 9 }
        switch start {
        case nil: throw ImportFailure(path: name, reason: "it is empty")
        case UInt8(ascii: "{"), UInt8(ascii: "["): try readJSON(first, next, each)
        case UInt8(ascii: "<"): try readFeed(first, next, name, each)
        case _ where isUTF16 && first.dropFirst(2).first { $0 > 0x20 } == UInt8(ascii: "<"):
            try readFeed(first, next, name, each)
        case _ where isUTF16: throw ImportFailure(path: name, reason: "it is UTF-16; JSON and CSV must be UTF-8")
        case _ where first.prefix(1 << 16).contains(0):
            throw ImportFailure(notText: name)
        default: try readCSV(first, next, name, each)
        }
    }

    // MARK: Formats

    private func readJSON(
        _ first: [UInt8], _ next: () throws -> [UInt8], _ each: (ImportedItem) throws -> Void
    ) throws {
        var scanner = ItemScanner()
        var chunk = first
        while !chunk.isEmpty {
            try scanner.take(chunk) { try deliver($0, each) }
            chunk = try next()
        }
        try scanner.finish { try deliver($0, each) }
    }

    /// Whether the item could be parsed.
    private func deliver(_ item: ItemScanner.Item, _ each: (ImportedItem) throws -> Void) throws -> Bool {
        let place = item.isOfArray ? "item \(item.number)" : "line \(item.line)"
        func reject(_ reason: String) throws {
            try each(ImportedItem(place: place, byteOffset: item.offset, adapted: .rejected(reason: reason)))
        }
        if let problem = item.problem {
            try reject("not readable as JSON: \(problem)")
            return false
        }
        do {
            try adapt(JSONParser.parse(item.bytes), place, item.offset, each)
            return true
        } catch let failure as JSONFailure {
            try reject("not readable as JSON at byte \(item.offset + Int64(failure.offset)): \(failure.reason)")
            return false
        }
    }

    private func readCSV(
        _ first: [UInt8], _ next: () throws -> [UInt8], _ name: String, _ each: (ImportedItem) throws -> Void
    ) throws {
        var scanner = CSVScanner()
        var offset: Int64 = 0
        var chunk = first
        func deliver(_ record: CSVScanner.Record) throws {
            let adapted = record.problem.map { Adapted.rejected(reason: "not readable as CSV: \($0)") }
            let item = ImportedItem(
                place: "line \(record.line)", byteOffset: offset, adapted: adapted ?? adapt(record.item))
            try each(item)
        }
        while !chunk.isEmpty {
            offset += Int64(chunk.count)
            try scanner.take(chunk, deliver)
            guard scanner.columns != 1 else { throw ImportFailure(notText: name) }
            chunk = try next()
        }
        try scanner.finish(deliver)
        guard scanner.columns ?? 0 > 1 else { throw ImportFailure(notText: name) }
    }

    private func readFeed(
        _ first: [UInt8], _ next: () throws -> [UInt8], _ name: String, _ each: (ImportedItem) throws -> Void
    ) throws {
        var bytes = first
        while true {
            let chunk = try next()
            if chunk.isEmpty { break }
            bytes += chunk
            guard bytes.count <= FeedScanner.largestFeed else {
                throw ImportFailure(path: name, reason: "a feed may be at most 32 MiB long")
            }
        }
        let (entries, problem) = FeedScanner.read(bytes)
        for (index, entry) in entries.enumerated() {
            try each(
                ImportedItem(
                    place: "item \(index + 1)", byteOffset: Int64(bytes.count), adapted: adapt(entry)))
        }
        guard let problem else { return }
        try each(
            ImportedItem(
                place: "line \(problem.line)", byteOffset: Int64(bytes.count),
                adapted: .rejected(reason: "not readable as a feed: \(problem.reason)")))
    }

    // MARK: Items

    /// Lists inside one value, such as a Reddit listing's children, are items of their own.
    private func adapt(
        _ value: JSON, _ place: String, _ offset: Int64, _ each: (ImportedItem) throws -> Void
    ) throws {
        if let members = Listings.members(of: value) {
            for (index, member) in members.enumerated() {
                try each(
                    ImportedItem(place: "\(place), entry \(index + 1)", byteOffset: offset, adapted: adapt(member)))
            }
        } else {
            try each(ImportedItem(place: place, byteOffset: offset, adapted: adapt(value)))
        }
    }

    private func adapt(_ value: JSON) -> Adapted {
        if value == .null { return .skipped(reason: "null, not a post") }
        guard let object = value.object else { return .rejected(reason: "no known kind of post: it is not an object") }
        guard !object.isEmpty else { return .rejected(reason: "no known kind of post: it is empty") }
        if let adapter = catalog.first(where: { $0.recognises(value) }) { return adapter.adapt(value) }
        let keys = object.keys.sorted().prefix(6).joined(separator: ", ")
        return .rejected(reason: "no known kind of post; its keys are \(keys)")
    }
}

/// Values that hold a list of items.
private enum Listings {
    static func members(of value: JSON) -> [JSON]? {
        if value["kind"]?.text == "Listing" { return value["data"]?["children"]?.array }
        if value["_type"]?.text == "playlist", let entries = value["entries"]?.array, !entries.isEmpty {
            return entries
        }
        return value["hits"]?.array
    }
}
