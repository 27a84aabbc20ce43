import Core

/// Writes JSON as bytes, without spaces. Whoever calls puts members only into objects and elements only into arrays.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    init(reserving count: Int = 512) {
        bytes.reserveCapacity(count)
    }

    mutating func null() { word("null") }

    mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

    mutating func integer(_ value: Int64) { word(String(value)) }

    /// JSON knows no infinity: what is not finite is null.
    mutating func number(_ value: Double) { word(value.isFinite ? "\(value)" : "null") }

    mutating func text(_ value: String) {
        separate()
        quote(value)
    }

    mutating func object(_ members: (inout JSONWriter) -> Void) { nest("{", members, "}") }

    mutating func array(_ elements: (inout JSONWriter) -> Void) { nest("[", elements, "]") }

    /// The name of the member that is written next.
    mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Any value, members of objects in the order of their names.
    mutating func value(_ json: JSON) {
        switch json {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let value): number(value)
        case .digits(let digits): word(digits)
        case .text(let value): text(value)
        case .array(let elements): array { writer in for element in elements { writer.value(element) } }
        case .object(let members):
            object { writer in
                for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                    writer.key(name)
                    writer.value(member)
                }
            }
        }
    }

    private mutating func nest(_ open: String, _ body: (inout JSONWriter) -> Void, _ close: String) {
        separate()
        bytes.append(contentsOf: open.utf8)
        needsComma = false
        body(&self)
        bytes.append(contentsOf: close.utf8)
        needsComma = true
    }

    private mutating func word(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
