/// One of the five fields of a schedule: what it may hold, and how its text becomes a set of numbers.
struct CronField {
    let name: String
    let lowest: Int
    let highest: Int
    /// Names for the numbers from `lowest` on, upper-case.
    var names: [String] = []

    static let minute = CronField(name: "minute", lowest: 0, highest: 59)
    static let hour = CronField(name: "hour", lowest: 0, highest: 23)
    static let day = CronField(name: "day of month", lowest: 1, highest: 31)
    static let month = CronField(
        name: "month", lowest: 1, highest: 12,
        names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"])
    /// 7 is Sunday too.
    static let weekday = CronField(
        name: "day of week", lowest: 0, highest: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])

    /// The numbers as bits.
    func numbers(_ text: Substring) throws(ValidationError) -> UInt64 {
        var bits: UInt64 = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) { bits |= try numbers(ofItem: item) }
        return bits
    }

    /// `*`, `a`, `a-b`, each also with `/n`; `a/n` is `a` to the end in steps of n.
    private func numbers(ofItem item: Substring) throws(ValidationError) -> UInt64 {
        guard !item.isEmpty else { throw problem("has an empty place beside a comma") }
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let step = parts.count == 2 ? try self.step(parts[1]) : 1
        let range = try self.range(parts[0], isOpen: parts.count == 2)
        return stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << $1 }
    }

    private func range(_ text: Substring, isOpen: Bool) throws(ValidationError) -> ClosedRange<Int> {
        if text == "*" { return lowest...highest }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try number(ends[0])
        guard ends.count == 2 else { return first...(isOpen ? highest : first) }
        let last = try number(ends[1])
        guard first <= last else {
            throw problem("runs backwards in \(text): write two ranges with a comma, such as 22-23,0-2")
        }
        return first...last
    }

    private func step(_ text: Substring) throws(ValidationError) -> Int {
        let most = highest - lowest + 1
        guard let step = digits(text), (1...most).contains(step) else {
            throw problem("has a step that is not 1–\(most): \(text.isEmpty ? "nothing" : String(text))")
        }
        return step
    }

    private func number(_ text: Substring) throws(ValidationError) -> Int {
        if let place = names.firstIndex(of: text.uppercased()) { return lowest + place }
        guard let number = digits(text), (lowest...highest).contains(number) else {
            let example = names.first.map { " or a name such as \($0)" } ?? ""
            throw problem(
                "must hold numbers \(lowest)–\(highest)\(example), not \(text.isEmpty ? "nothing" : "\(text)")")
        }
        return number
    }

    /// `nil` for anything but one to four digits.
    private func digits(_ text: Substring) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    private func problem(_ rule: String) -> ValidationError {
        ValidationError(field: "the schedule's \(name)", rule: rule)
    }
}
