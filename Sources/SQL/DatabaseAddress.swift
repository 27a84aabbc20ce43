/// Where a database is: `sqlite:PATH`, or `postgres://user:password@host:port/database`.
package enum DatabaseAddress: Sendable, Hashable, CustomStringConvertible {
    case sqlite(path: String)
    case postgres(PostgresAddress)

    package init(_ text: String) throws(AddressFailure) {
        if text.hasPrefix("sqlite:") {
            let path = String(text.dropFirst("sqlite:".count))
            guard !path.isEmpty, !path.utf8.contains(0) else {
                throw AddressFailure(rule: "must name a file after sqlite:")
            }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(try PostgresAddress(text))
        } else {
            throw AddressFailure(rule: "must begin with sqlite: or postgres://")
        }
    }

    package var engine: Engine {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// Without password.
    package var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let address): address.name
        }
    }
}

/// What is wrong with the text of an address: "must …". Never contains the text, which may hold a password.
package struct AddressFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let rule: String

    package var description: String { "the database's address \(rule)" }
}
