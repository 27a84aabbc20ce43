import Core
import Glibc
import SQL
import Store

/// Looks at the database without changing it.
struct DatabaseExamination {
    let address: DatabaseAddress
    /// Read every page twice as carefully; takes a minute per gigabyte.
    let isThorough: Bool

    /// Whether it can be opened by this program as it is.
    private(set) var isUsable = false

    init(_ address: DatabaseAddress, isThorough: Bool = false) {
        (self.address, self.isThorough) = (address, isThorough)
    }

    mutating func findings() -> [Finding] {
        switch address {
        case .sqlite(let path): findings(path)
        case .postgres: serverFindings()
        }
    }

    private mutating func findings(_ path: String) -> [Finding] {
        guard access(path, F_OK) == 0 else {
            return [.ok("database", "\(path) is not there yet; `kapture serve` makes it")]
        }
        do {
            let version = try SQLiteFile.schemaVersion(path)
            let problems = try SQLiteFile.problems(path, isThorough: isThorough)
            guard problems.isEmpty else { return problems.map(damage) }
            isUsable = version == Store.schemaVersion
            return [schema(version, "is whole, ")]
        } catch {
            return [failure(error, mend: "See that this user may read and write \(path) and its folder.")]
        }
    }

    private mutating func serverFindings() -> [Finding] {
        do {
            let database = try Database(address)
            defer { try? database.close() }
            let version = try database.schemaVersion()
            isUsable = version == Store.schemaVersion
            guard version > 0 else { return [.ok("database", "\(address) is empty yet; `kapture serve` fills it")] }
            return [schema(version, "answers, ")]
        } catch {
            return [failure(error, mend: "See that the server runs, and that KAPTURE_DATABASE_URL is right.")]
        }
    }

    private func schema(_ version: Int, _ state: String) -> Finding {
        let known = Store.schemaVersion
        if version > known {
            return .problem(
                "database", "\(address) has schema \(version), this program knows up to \(known)",
                mend: "Start the newer program, or restore a backup made before the upgrade.")
        }
        let next = version < known ? "; the next start brings it to \(known)" : ""
        return .ok("database", "\(address) \(state)schema \(version)\(next)")
    }

    private func damage(_ problem: String) -> Finding {
        .problem("database", problem, mend: "Restore the last backup: kapture restore FILE --force")
    }

    private func failure(_ error: any Error, mend: String) -> Finding {
        if case SQLFailure.corrupt = error { return damage("\(error)") }
        return .problem("database", "\(error)", mend: mend)
    }
}
