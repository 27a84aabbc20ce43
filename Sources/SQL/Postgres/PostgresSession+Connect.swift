import CPostgres

extension PostgresSession {
    /// Given before the URL, so that it may say otherwise: a server that vanished is noticed within a minute.
    private static let defaults = [
        ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"), ("gssencmode", "disable"), ("application_name", "kapture"),
    ]
    private static let oldest: Int32 = 130_000

    /// Connects, and refuses servers that Kapture cannot work on.
    static func connect(_ address: PostgresAddress) throws(SQLFailure) -> OpaquePointer {
        let options = defaults + [("dbname", address.url), ("client_encoding", "UTF8")]
        let opened = withCStrings(options.map(\.0)) { keywords in
            withCStrings(options.map(\.1)) { PQconnectdbParams(keywords, $0, 1) }
        }
        guard let connection = opened else { throw .unavailable(path: address.name, reason: "out of memory") }
        do throws(SQLFailure) {
            try check(connection, address)
        } catch {
            PQfinish(connection)
            throw error
        }
        // The default prints notices such as "relation already exists, skipping" to standard error.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        return connection
    }

    private static func check(_ connection: OpaquePointer, _ address: PostgresAddress) throws(SQLFailure) {
        guard PQstatus(connection) == CONNECTION_OK else {
            let reason = String(cString: PQerrorMessage(connection)).trimmingNewline
            throw .unavailable(path: address.name, reason: reason)
        }
        guard PQserverVersion(connection) >= oldest else {
            throw .unavailable(path: address.name, reason: "PostgreSQL 13 or newer is needed, 15 is tested")
        }
        let encoding = PQparameterStatus(connection, "server_encoding").map { String(cString: $0) }
        guard encoding == nil || encoding == "UTF8" else {
            throw .unavailable(
                path: address.name, reason: "its encoding is \(encoding ?? ""), it must be created with ENCODING 'UTF8'"
            )
        }
    }

    /// A NULL-terminated array of C strings.
    private static func withCStrings<Value>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        var (bytes, starts) = ([] as [CChar], [] as [Int])
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8CString
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { bytes.baseAddress?.advanced(by: $0) } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
