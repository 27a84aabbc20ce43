import ArgumentParser
import Core
import Foundation
import SQL
import Store

struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies a whole installation from one database to another, SQLite or PostgreSQL.",
        discussion: """
            The source is read inside one snapshot and may be in use; what is written to it afterwards is not copied. The \
            target must be empty. Every table is read back and compared. Afterwards set KAPTURE_DATABASE_URL to the \
            target and restart; pages are rendered anew. Passwords may stand in ~/.pgpass instead of the address.
            """)

    @Option(help: "sqlite:PATH or postgres://…; without it this installation's own database.")
    var from: String?

    @Option(help: "sqlite:PATH or postgres://…")
    var to: String

    @OptionGroup var installation: InstallationOptions

    func run() async throws {
        let source = try await sourceAddress()
        let target = try Settings.database(to, named: "--to")
        guard source != target else {
            throw ValidationError(field: "--to", rule: "must be another database than --from")
        }
        let started = ContinuousClock.now
        let copy = StoreCopy(from: source, to: target)
        let tables = try await Threads.perform {
            try copy.run { table, rows in Terminal.status("\(table): \(rows) rows") }
        }
        Terminal.status("")
        for table in tables { Terminal.write("\(table.name): \(table.digest.count) rows, digest \(table.digest)") }
        let rows = tables.reduce(0) { $0 + $1.digest.count }
        let seconds = (ContinuousClock.now - started).seconds.rounded(to: 1)
        Terminal.write("\(tables.count) tables, \(rows) rows copied to \(target) and verified in \(seconds) s")
        Terminal.note("Now set KAPTURE_DATABASE_URL to the target, and restart.")
    }

    private func sourceAddress() async throws -> DatabaseAddress {
        guard let from else { return try await Settings.load(installation.arguments).database }
        return try Settings.database(from, named: "--from")
    }
}

/// A thread that may block, for commands.
enum Threads {
    static func perform<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try body() }) }.start()
        }
    }
}
