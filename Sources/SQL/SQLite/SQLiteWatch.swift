import GRDB

/// Looks every 250 ms whether anybody committed to the file.
struct SQLiteWatch {
    let path: String

    /// Until nobody listens to `feed` any more. Blocks its thread.
    func run(_ feed: ChangeFeed) {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        var queue: DatabaseQueue?
        var seen: Int64?
        repeat {
            // The number rises with every commit of another connection, this program's own writer included.
            if queue == nil { queue = try? DatabaseQueue(path: path, configuration: configuration) }
            let version = try? queue?.unsafeRead { try Int64.fetchOne($0, sql: "PRAGMA data_version") }
            guard let version, version != seen else { continue }
            seen == nil ? feed.stand() : feed.tellOfUnknown()
            seen = version
        } while feed.pause()
    }
}
