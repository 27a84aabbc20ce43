import Foundation
import SQL

/// A PostgreSQL with a pgbouncer in front, started by `Scripts/test-postgres.sh`. It stops and leaves nothing behind when
/// this value, or the process however it ends, is gone.
package final class PostgresServer: Sendable {
    /// One for all tests of this process, started by the first that needs it.
    package static let shared = Task { try await PostgresServer.start() }

    package let folder: String
    package let port: Int
    private let bouncerPort: Int
    private let program: ChildProgram

    /// A server of the caller's own, for tests that stop it.
    package static func start() async throws -> PostgresServer {
        try await offPool { try PostgresServer() }
    }

    private init() throws {
        program = try ChildProgram(RepositoryRoot.path + "/Scripts/test-postgres.sh")
        let words = try PostgresServer.line(from: program.output).split(separator: " ").map(String.init)
        guard words.count == 4, words[0] == "ready", let port = Int(words[2]), let bouncer = Int(words[3]) else {
            throw SQLFailure.unavailable(path: "PostgreSQL of the tests", reason: "Scripts/test-postgres.sh failed")
        }
        (folder, self.port, bouncerPort) = (words[1], port, bouncer)
    }

    deinit {
        try? program.input.close()
    }

    /// Ends all connections and stops the server.
    package func stop() async throws { try await command("stop") }

    package func restart() async throws { try await command("start") }

    private func command(_ name: String) async throws {
        try await offPool { [program] in
            try program.input.write(contentsOf: Data("\(name)\n".utf8))
            guard try PostgresServer.line(from: program.output) == "done" else {
                throw SQLFailure.failed(reason: "Scripts/test-postgres.sh could not \(name)")
            }
        }
    }

    /// The address of a database on this server, over its socket; `parameters` such as `pgbouncer=true`.
    package func address(of database: String, _ parameters: String...) throws -> DatabaseAddress {
        try DatabaseAddress(([url(of: database)] + parameters).joined(separator: "&"))
    }

    /// The same, as an operator writes it; `isPooled` behind pgbouncer.
    package func url(of database: String, isPooled: Bool = false, _ parameters: String...) -> String {
        let port = isPooled ? "port=\(bouncerPort)&pgbouncer=true" : "port=\(port)"
        return (["postgres://kapture@/\(database)?host=\(folder)", port] + parameters).joined(separator: "&")
    }

    /// Over TCP, where TLS is possible.
    package func networkAddress(of database: String, _ parameters: String...) throws -> DatabaseAddress {
        try DatabaseAddress(
            "postgres://kapture@127.0.0.1:\(port)/\(database)?" + parameters.joined(separator: "&"))
    }

    private static func line(from handle: FileHandle) throws -> String {
        var line: [UInt8] = []
        while let byte = try handle.read(upToCount: 1)?.first, byte != 10 { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
