/// The tags of a page without its words: names, attribute names and nesting, read strictly.
///
/// Two pages that differ only in what strangers wrote have equal skeletons; anything that gets out of its place as
/// text changes the skeleton, or breaks a rule that this reader insists on.
struct HTMLSkeleton: Equatable, Sendable {
    private(set) var tags: [String] = []
    private(set) var ids: [String] = []

    struct Fault: Error, CustomStringConvertible {
        let reason: String
        let around: String
        var description: String { "\(reason) at …\(around)…" }
    }

    init(_ html: String) throws {
        var reader = Reader(bytes: Array(html.utf8))
        var open: [String] = []
        while let tag = try reader.nextTag() {
            tags.append(tag.text)
            if let id = tag.id { ids.append(id) }
            if tag.isEnd {
                guard open.popLast() == tag.name else { throw reader.fault("</\(tag.name)> closes nothing") }
            } else if !tag.isEmpty {
                open.append(tag.name)
            }
        }
        guard open.isEmpty else { throw reader.fault("<\(open.last ?? "")> is not closed") }
    }

    private struct Tag {
        let name: String
        let isEnd: Bool
        var attributes: [String] = []
        var id: String?
        var isSelfClosed = false

        private static let void: Set<String> = ["!doctype", "meta", "link", "input", "br", "hr", "img"]
        var isEmpty: Bool { isSelfClosed || Tag.void.contains(name) }
        var text: String { ([isEnd ? "/" + name : name] + attributes).joined(separator: " ") }
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        func fault(_ reason: String) -> Fault {
            let around = bytes[max(0, place - 60)..<min(bytes.count, place + 60)]
            return Fault(reason: reason, around: String(decoding: around, as: UTF8.self))
        }

        mutating func nextTag() throws -> Tag? {
            while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
                if bytes[place] == UInt8(ascii: ">") { throw fault("> in text") }
                if bytes[place] == 0 { throw fault("NUL in text") }
                place += 1
            }
            guard place < bytes.count else { return nil }
            place += 1
            let isEnd = take("/")
            var tag = Tag(name: try name(), isEnd: isEnd)
            while true {
                skipSpace()
                if take(">") { return tag }
                if take("/") { tag.isSelfClosed = true } else { try readAttribute(into: &tag) }
            }
        }

        private mutating func readAttribute(into tag: inout Tag) throws {
            let attribute = try name()
            tag.attributes.append(attribute)
            guard take("=") else { return }
            guard take("\"") else { throw fault("an attribute without quotes") }
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                if bytes[place] == UInt8(ascii: "<") { throw fault("< in an attribute") }
                place += 1
            }
            if attribute == "id" { tag.id = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self) }
            guard take("\"") else { throw fault("an attribute without an end") }
        }

        private mutating func name() throws -> String {
            let start = place
            while place < bytes.count, Reader.isNamePart(bytes[place]) { place += 1 }
            guard place > start else { throw fault("< in text, or no name") }
            return String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
        }

        private static func isNamePart(_ byte: UInt8) -> Bool {
            let scalar = Unicode.Scalar(byte)
            return byte < 0x80
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-!:".unicodeScalars.contains(scalar))
        }

        private mutating func skipSpace() {
            while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x0A { place += 1 }
        }

        private mutating func take(_ mark: Unicode.Scalar) -> Bool {
            guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
            place += 1
            return true
        }
    }
}
