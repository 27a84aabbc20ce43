import Core
import Foundation
import Glibc
import SQL
import Store

/// What the system knows of this process, under the names that Prometheus' own clients use.
struct ProcessMeasure: Measuring {
    let name = "process"

    func figures(now: Instant) async throws -> [Figure] {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        let stat = try Self.stat()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        return [
            Figure("process_cpu_seconds_total", .counter, [], Double(stat.ticks) / ticks),
            Figure("process_resident_memory_bytes", .gauge, [], Double(stat.pages) * Double(getpagesize())),
            Figure("process_open_fds", .gauge, [], Double(open)),
            Figure("process_max_fds", .gauge, [], Double(limit.rlim_cur)),
            Figure(
                "process_start_time_seconds", .gauge, [], try Self.bootTime() + Double(stat.startTicks) / ticks),
        ]
    }

    /// Fields 14, 15, 22 and 24 of proc(5); they begin behind the program's name, which may hold anything.
    private static func stat() throws -> (ticks: Int64, startTicks: Int64, pages: Int64) {
        let text = try String(contentsOfFile: "/proc/self/stat", encoding: .utf8)
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        func number(_ field: Int) -> Int64 { fields.count > field - 2 ? Int64(fields[field - 2]) ?? 0 : 0 }
        return (number(14) + number(15), number(22), number(24))
    }

    /// Seconds since 1970 at which this machine started.
    private static func bootTime() throws -> Double {
        let lines = try String(contentsOfFile: "/proc/stat", encoding: .utf8).split(separator: "\n")
        return lines.first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) } ?? 0
    }
}

/// How large the database's files are; on PostgreSQL `main` alone, as the server counts it.
struct DatabaseMeasure: Measuring {
    let name = "database"
    let address: DatabaseAddress
    let store: Store

    func figures(now: Instant) async throws -> [Figure] {
        guard case .sqlite(let path) = address else {
            let size = Double(try await store.sizeOnServer() ?? 0)
            return [Figure("kapture_database_size_bytes", .gauge, [Figure.Label("file", "main")], size)]
        }
        return try [("main", path), ("wal", path + "-wal")].map { file, path in
            var status = stat()
            let isThere = stat(path, &status) == 0
            guard isThere || errno == ENOENT else { throw ProcessFailure(path: path, code: errno) }
            return Figure(
                "kapture_database_size_bytes", .gauge, [Figure.Label("file", file)],
                isThere ? Double(status.st_size) : 0)
        }
    }
}

/// A file of the system that cannot be read.
struct ProcessFailure: Error, CustomStringConvertible {
    let path: String
    let code: Int32

    var description: String { "\(path): \(String(cString: strerror(code)))" }
}
