import Core
import Glibc
import SQL
import Store

/// Looks at the database file without changing it.
struct DatabaseExamination {
    let path: String
    /// Read every page twice as carefully; takes a minute per gigabyte.
    let isThorough: Bool

    /// Whether it can be opened by this program as it is.
    private(set) var isUsable = false

    init(path: String, isThorough: Bool = false) {
        (self.path, self.isThorough) = (path, isThorough)
    }

    mutating func findings() -> [Finding] {
        guard access(path, F_OK) == 0 else {
            return [.ok("database", "\(path) is not there yet; `kapture serve` makes it")]
        }
        do {
            let version = try SQLiteFile.schemaVersion(path)
            let problems = try SQLiteFile.problems(path, isThorough: isThorough)
            guard problems.isEmpty else { return problems.map(damage) }
            isUsable = version == Store.schemaVersion
            return [schema(version)]
        } catch {
            return [failure(error)]
        }
    }

    private func schema(_ version: Int) -> Finding {
        let known = Store.schemaVersion
        if version > known {
            return .problem(
                "database", "\(path) has schema \(version), this program knows up to \(known)",
                mend: "Start the newer program, or restore a backup made before the upgrade.")
        }
        let next = version < known ? "; the next start brings it to \(known)" : ""
        return .ok("database", "\(path) is whole, schema \(version)\(next)")
    }

    private func damage(_ problem: String) -> Finding {
        .problem("database", problem, mend: "Restore the last backup: kapture restore FILE --force")
    }

    private func failure(_ error: any Error) -> Finding {
        if case SQLFailure.corrupt = error { return damage("\(error)") }
        return .problem("database", "\(error)", mend: "See that this user may read and write \(path) and its folder.")
    }
}
