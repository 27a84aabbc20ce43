import Foundation
import Logging

/// How this program logs: one line an event on standard error.
enum Logs {
    static func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "kapture") { label in
            if Terminal.hasProgress { return StreamLogHandler.standardError(label: label) }
            return JSONLogHandler()
        }
        logger.logLevel = level
        return logger
    }
}

/// Writes each event as one JSON object on standard error.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = ["level": event.level.rawValue, "message": "\(event.message)", "time": Date().ISO8601Format()]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            fields[key == "hb.request.id" ? "request_id" : key] = "\(value)"
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var line = try? encoder.encode(fields) else { return }
        line.append(10)
        FileHandle.standardError.write(line)
    }
}
