import Templates

/// SVG written byte by byte: thousands of drawings stand in a site, and interpolated strings took half of a publish.
struct Drawing {
    private(set) var bytes: [UInt8] = []

    init(reserving capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    var html: SafeHTML { SafeHTML(trusted: bytes) }

    /// Our own words and figures only: nothing is escaped.
    mutating func add(_ trusted: StaticString) {
        trusted.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Our own words and figures only: nothing is escaped.
    mutating func add(figure trusted: String) {
        bytes.append(contentsOf: trusted.utf8)
    }

    mutating func add(_ number: Int) {
        bytes.append(number: Int64(number))
    }

    /// A command of path data with its numbers, such as "M12 190".
    mutating func add(_ command: StaticString, _ x: Int, _ y: Int) {
        add(command, x)
        add(" ", y)
    }

    /// A command of path data with its number, such as "H1000".
    mutating func add(_ command: StaticString, _ place: Int) {
        add(command)
        add(place)
    }
}
