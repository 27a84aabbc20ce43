/// Cuts a stream of JSON into its items, in constant memory: elements of one top-level array, objects one after another,
/// or one object a line. A damaged item is cut off where the next one begins; what is no object is an item too, so that
/// nothing is passed over in silence.
///
/// The receiver of an item says whether it could be read.
struct ItemScanner {
    /// One item's bytes, or why there is none.
    struct Item {
        let number: Int
        let line: Int
        let offset: Int64
        let bytes: [UInt8]
        let problem: String?
        /// Whether it is an element of an array; else an object of its own.
        let isOfArray: Bool
    }

    private enum State {
        case between, object
        /// A word, number or text where an object should be.
        case stray
    }

    static let largestItem = 16 << 20
    /// Damage makes bytes be read anew; beyond this, and four times what is behind, the rest is read only once.
    private static let patience: Int64 = 32 << 20

    private var pending: [UInt8] = []
    private var scanned = 0
    private var state = State.between
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isArray: Bool?
    /// Arrays around the items that are open.
    private var lists = 0
    private var number = 0
    private var line = 1
    private var offset: Int64 = 0
    private var indentation = 0
    private var reread: Int64 = 0

    /// Takes more bytes and hands over every item that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>, _ each: (Item) throws -> Bool) rethrows {
        pending.append(contentsOf: bytes)
        try scan(each)
        while pending.count > ItemScanner.largestItem {
            try giveUp("it is longer than 16 MiB", each)
        }
    }

    /// The stream is at its end: what is open is cut off.
    mutating func finish(_ each: (Item) throws -> Bool) rethrows {
        var isCutOff = false
        while state != .between {
            if state == .stray {
                try deliver(problem: nil, through: pending.count, each)
            } else {
                try giveUp("the file ends before it does", each)
                isCutOff = true
            }
        }
        guard isArray == true, lists > 0, !isCutOff else { return }
        number += 1
        try deliver(problem: "the file ends before its list does", through: 0, each)
    }

    private mutating func scan(_ each: (Item) throws -> Bool) rethrows {
        while scanned < pending.count {
            let byte = pending[scanned]
            scanned += 1
            switch state {
            case .between: begin(byte)
            case .stray:
                if endsStray(byte) { try deliver(problem: nil, through: scanned - 1, each) }
            case .object:
                if byte == UInt8(ascii: "{"), isImpatient, beginsLine(scanned - 1) {
                    try deliver(problem: "the next one begins before it ends", through: scanned - 1, each)
                } else if endsObject(byte) {
                    try deliver(problem: nil, through: scanned, each)
                }
            }
        }
        if state == .between { drop(scanned) }
    }

    /// Between items: brackets, commas, space and byte-order marks are passed over.
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): beginItem(.object)
        case UInt8(ascii: "["):
            if isArray == nil { isArray = true }
            lists += 1
            indentation += 1
        case UInt8(ascii: "]"):
            lists = max(0, lists - 1)
            indentation += 1
        case 0x0A: indentation = 0
        case 0x20, 0x09, 0x0D, 0x1E, 0xEF, 0xBB, 0xBF, UInt8(ascii: ","), UInt8(ascii: "}"): indentation += 1
        default: beginItem(.stray)
        }
    }

    private mutating func beginItem(_ kind: State) {
        if isArray == nil { isArray = false }
        number += 1
        drop(scanned - 1)
        (state, scanned, depth) = (kind, 1, 1)
        isInString = kind == .stray && pending.first == UInt8(ascii: "\"")
    }

    private mutating func endsObject(_ byte: UInt8) -> Bool {
        if isInString {
            takeQuoted(byte)
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            return depth == 0
        default: break
        }
        return false
    }

    private mutating func takeQuoted(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    /// Whether the byte comes after the stray piece: the end of its line, an object, in an array the next element.
    private mutating func endsStray(_ byte: UInt8) -> Bool {
        if byte == 0x0A { return true }
        if isInString {
            takeQuoted(byte)
            return false
        }
        let isSeparator = byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
        return byte == UInt8(ascii: "{") || isSeparator && isArray == true
    }

    private mutating func deliver(problem: String?, through end: Int, _ each: (Item) throws -> Bool) rethrows {
        let item = Item(
            number: number, line: line, offset: offset, bytes: Array(pending[..<end]), problem: problem,
            isOfArray: isArray == true)
        drop(end)
        reset()
        if try !each(item), problem == nil { putBack(tailOf: item) }
    }

    /// Ends a damaged item where the next one plausibly begins, and goes on from there.
    private mutating func giveUp(_ reason: String, _ each: (Item) throws -> Bool) rethrows {
        let found = isImpatient ? nil : ItemScanner.nextStart(in: pending, indentation: indentation)
        let next = found ?? pending.count
        reread += Int64(pending.count - next)
        try deliver(problem: found == nil ? reason : "the next one begins before it ends", through: next, each)
        try scan(each)
    }

    /// Puts a balanced but unreadable item's tail back: everything from where the next item plausibly begins.
    private mutating func putBack(tailOf item: Item) {
        guard !isImpatient, let next = ItemScanner.nextStart(in: item.bytes, indentation: indentation) else { return }
        let tail = item.bytes[next...]
        pending.insert(contentsOf: tail, at: 0)
        reread += Int64(tail.count)
        offset -= Int64(tail.count)
        line -= tail.count { $0 == 0x0A }
    }

    private mutating func reset() {
        (state, isInString, isEscaped, depth, scanned) = (.between, false, false, 0, 0)
    }

    private mutating func drop(_ count: Int) {
        guard count > 0 else { return }
        line += pending[..<count].count { $0 == 0x0A }
        offset += Int64(count)
        pending.removeFirst(count)
        scanned = 0
    }

    // MARK: Where the next item begins

    private var isImpatient: Bool { reread > ItemScanner.patience && reread > 4 * offset }

    /// Whether only space and commas stand before this place in its line, not more than before this item.
    private func beginsLine(_ place: Int) -> Bool {
        var start = place
        while start > 0, ItemScanner.isIndentation(pending[start - 1]) { start -= 1 }
        return start > 0 && pending[start - 1] == 0x0A && place - start <= max(indentation, 1)
    }

    private static func isIndentation(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 || byte == 0x2C }

    /// A line that begins with `{` as far in as this item did; in a file without line breaks, the `{` of `},{`.
    private static func nextStart(in bytes: [UInt8], indentation: Int) -> Int? {
        var sawLine = false
        for (place, byte) in bytes.enumerated() where byte == 0x0A {
            sawLine = true
            var start = place + 1
            while start < bytes.count, isIndentation(bytes[start]) { start += 1 }
            if start < bytes.count, bytes[start] == UInt8(ascii: "{"), start - place - 1 <= max(indentation, 1) {
                return start
            }
        }
        guard !sawLine else { return nil }
        return bytes.indices.dropFirst(2).first {
            bytes[$0] == UInt8(ascii: "{") && bytes[$0 - 1] == 0x2C && bytes[$0 - 2] == UInt8(ascii: "}")
        }
    }
}
