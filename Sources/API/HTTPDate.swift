import Core
import Synchronization

/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        let weekday = days[Int(((instant.day % 7) + 7) % 7)]
        return "\(weekday), \(two(time.day)) \(months[time.month - 1]) \(time.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) GMT"
    }

    /// `2024-05-01T12:00:00Z`, as `<time datetime>` and JSON take it.
    static func iso8601(_ instant: Instant) -> String {
        let time = CivilTime(instant)
        let date = "\(time.year)-\(two(time.month))-\(two(time.day))"
        return "\(date)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))Z"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The `Date` header of now, formatted once a second.
final class DateHeader: Sendable {
    private let now: @Sendable () -> Instant
    private let latest = Mutex<(second: Int64, text: String)>((.min, ""))

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    var text: String {
        let instant = now()
        let second = instant.milliseconds / 1000
        return latest.withLock { latest in
            if latest.second != second { latest = (second, HTTPDate.text(instant)) }
            return latest.text
        }
    }
}
