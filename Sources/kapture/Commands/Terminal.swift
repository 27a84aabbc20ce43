import Foundation
import Glibc

/// Writes to the terminal: results to standard output, progress and advice to standard error.
enum Terminal {
    static func write(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func note(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    static var hasProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// A line on a terminal that the next one replaces; nothing elsewhere.
    static func status(_ line: String) {
        guard hasProgress else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    }

    /// Text from strangers on a terminal: control characters, which could move the cursor or retitle the window, become `?`.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    }
}

/// A progress bar on a terminal; silent elsewhere.
struct ProgressBar {
    private let title: String
    private var shown = -1

    init(_ title: String) {
        self.title = title
    }

    mutating func show(_ done: Int64, of total: Int64) {
        guard Terminal.hasProgress, total > 0 else { return }
        let percent = Int(min(done, total) * 100 / total)
        guard percent != shown else { return }
        shown = percent
        let filled = percent * 30 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        FileHandle.standardError.write(Data("\r\(title) \(bar) \(percent) %".utf8))
        if percent == 100 { FileHandle.standardError.write(Data("\n".utf8)) }
    }

    /// Leaves the line of a bar that did not come to its end.
    mutating func end() {
        if (0..<100).contains(shown) { FileHandle.standardError.write(Data("\n".utf8)) }
        shown = 100
    }
}
