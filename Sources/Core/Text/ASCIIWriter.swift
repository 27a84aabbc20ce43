/// Writes a short text of ASCII digit by digit: pages hold thousands of numbers, and interpolation takes ten times as long.
struct ASCIIWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    /// The text that `write` makes, of at most `capacity` bytes.
    ///
    /// Written on the stack, because texts of up to 15 bytes, as most are, then need no memory of their own.
    static func text(capacity: Int, _ write: (inout ASCIIWriter) -> Void) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var writer = ASCIIWriter(buffer: buffer)
            write(&writer)
            return String(decoding: UnsafeBufferPointer(rebasing: buffer[..<writer.count]), as: UTF8.self)
        }
    }

    private init(buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    mutating func add(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    mutating func add(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { add(text.utf8Start[index]) }
    }

    /// Decimal digits, at least `width` of them, in groups of three where `grouped`.
    mutating func add(_ value: UInt64, width: Int = 1, grouped: Bool = false) {
        var (digits, rest) = (1, value)
        while rest >= 10 { (digits, rest) = (digits + 1, rest / 10) }
        digits = max(digits, width)
        let length = grouped ? digits + (digits - 1) / 3 : digits
        var place = count + length
        rest = value
        for digit in 0..<digits {
            place -= 1
            if grouped, digit > 0, digit % 3 == 0 {
                buffer[place] = UInt8(ascii: ",")
                place -= 1
            }
            buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    mutating func add(_ value: Int, width: Int = 1) {
        add(UInt64(value), width: width)
    }

    /// A year: four digits, with "-" before Christ.
    mutating func add(year: Int64, width: Int = 1) {
        if year < 0 { add(UInt8(ascii: "-")) }
        add(year.magnitude, width: year < 0 ? max(1, width - 1) : width)
    }
}
