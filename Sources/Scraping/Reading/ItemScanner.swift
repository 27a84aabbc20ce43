/// Cuts a stream of JSON into its items, in constant memory: elements of one top-level array, objects one after another,
/// or one object a line. A damaged item is cut off where the next one begins.
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

    static let largestItem = 16 << 20

    private var pending: [UInt8] = []
    private var scanned = 0
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isInItem = false
    private var isArray: Bool?
    private var number = 0
    private var line = 1
    private var offset: Int64 = 0
    private var indentation = 0

    /// Takes more bytes and hands over every item that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>, _ each: (Item) throws -> Bool) rethrows {
        pending.append(contentsOf: bytes)
        try scan(each)
        if pending.count > ItemScanner.largestItem {
            try giveUp("it is longer than 16 MiB", each)
        }
    }

    /// The stream is at its end: what is open is cut off.
    mutating func finish(_ each: (Item) throws -> Bool) rethrows {
        while isInItem { try giveUp("the file ends before it does", each) }
    }

    private mutating func scan(_ each: (Item) throws -> Bool) rethrows {
        while scanned < pending.count {
            let byte = pending[scanned]
            scanned += 1
            guard isInItem else {
                begin(byte)
                continue
            }
            if isEnd(byte) { try deliver(problem: nil, through: scanned, each) }
        }
        if !isInItem { drop(scanned) }
    }

    /// Between items: brackets, commas and space are passed over.
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"):
            if isArray == nil { isArray = false }
            number += 1
            drop(scanned - 1)
            (isInItem, scanned, depth) = (true, 1, 1)
        case UInt8(ascii: "["):
            if isArray == nil { isArray = true }
            indentation += 1
        case 0x0A: indentation = 0
        default: indentation += 1
        }
    }

    private mutating func isEnd(_ byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
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
        let next = ItemScanner.nextStart(in: pending, indentation: indentation) ?? pending.count
        try deliver(problem: reason, through: next, each)
        try scan(each)
    }

    /// Puts a balanced but unreadable item's tail back: everything from where the next item plausibly begins.
    private mutating func putBack(tailOf item: Item) {
        guard let next = ItemScanner.nextStart(in: item.bytes, indentation: indentation) else { return }
        let tail = item.bytes[next...]
        pending.insert(contentsOf: tail, at: 0)
        offset -= Int64(tail.count)
        line -= tail.count { $0 == 0x0A }
    }

    private mutating func reset() {
        (isInItem, isInString, isEscaped, depth, scanned) = (false, false, false, 0, 0)
    }

    private mutating func drop(_ count: Int) {
        guard count > 0 else { return }
        line += pending[..<count].count { $0 == 0x0A }
        offset += Int64(count)
        pending.removeFirst(count)
        scanned = 0
    }

    /// A line that begins with `{` as far in as this item did; in a file without line breaks, the `{` of `},{`.
    private static func nextStart(in bytes: [UInt8], indentation: Int) -> Int? {
        var lineStart = 0
        var sawLine = false
        for (place, byte) in bytes.enumerated() where byte == 0x0A {
            sawLine = true
            lineStart = place + 1
            var start = lineStart
            while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 9 || bytes[start] == 0x2C { start += 1 }
            if start < bytes.count, bytes[start] == UInt8(ascii: "{"), start - lineStart <= max(indentation, 1) {
                return start
            }
        }
        guard !sawLine else { return nil }
        return bytes.indices.dropFirst(2).first {
            bytes[$0] == UInt8(ascii: "{") && bytes[$0 - 1] == 0x2C && bytes[$0 - 2] == UInt8(ascii: "}")
        }
    }
}
