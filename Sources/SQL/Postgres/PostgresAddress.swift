import CPostgres

/// A connection URL of libpq with two parameters of our own: `connections=N` (1–100, default 8), and `pgbouncer=true` for
/// a pooler in transaction mode in between.
package struct PostgresAddress: Sendable, Hashable {
    /// What libpq connects to; may hold a password.
    let url: String
    /// `host:port/database`.
    package let name: String
    let connections: Int
    /// Behind a pooler in transaction mode a session lasts for a transaction: no named statements, no LISTEN.
    let isPooled: Bool

    package init(_ text: String) throws(AddressFailure) {
        guard !text.utf8.contains(0) else { throw AddressFailure(rule: "must not contain a NUL character") }
        let halves = text.split(separator: "?", maxSplits: 1)
        var own: [String: String] = [:]
        let others = (halves.count > 1 ? halves[1] : "").split(separator: "&").filter { parameter in
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, ["pgbouncer", "connections"].contains(pair[0]) else { return true }
            own[pair[0]] = pair[1]
            return false
        }
        url = String(halves[0]) + (others.isEmpty ? "" : "?" + others.joined(separator: "&"))
        guard let connections = Int(own["connections"] ?? "8"), (1...100).contains(connections) else {
            throw AddressFailure(rule: "must give connections=1 to 100")
        }
        guard let isPooled = Bool(own["pgbouncer"] ?? "false") else {
            throw AddressFailure(rule: "must give pgbouncer=true or pgbouncer=false")
        }
        (self.connections, self.isPooled) = (connections, isPooled)
        name = try PostgresAddress.name(of: url)
    }

    private static func name(of url: String) throws(AddressFailure) -> String {
        guard let options = PQconninfoParse(url, nil) else {
            throw AddressFailure(
                rule: "must be a URL that libpq understands: postgres://user:password@host:port/database")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let host = values["host"] ?? values["hostaddr"] ?? "localhost"
        return "\(host):\(values["port"] ?? "5432")/\(values["dbname"] ?? values["user"] ?? "")"
    }
}
