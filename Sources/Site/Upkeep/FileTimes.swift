import Core
import Glibc

/// When files were used.
enum FileTimes {
    /// The later of the last change and the last reading that the file system tells; `nil` when there is no such file.
    static func lastUse(of path: String) -> Instant? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return max(instant(status.st_mtim), instant(status.st_atim))
    }

    /// `nil` when there is no such file.
    static func lastChange(of path: String) -> Instant? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return instant(status.st_mtim)
    }

    /// Marks a file or folder as changed and read at `now`.
    static func touch(_ path: String, at now: Instant) throws(FileFailure) {
        let time = timespec(tv_sec: Int(now.milliseconds / 1000), tv_nsec: Int(now.milliseconds % 1000) * 1_000_000)
        guard utimensat(AT_FDCWD, path, [time, time], 0) == 0 else {
            throw FileFailure(operation: "mark as used", path: path, code: errno)
        }
    }

    private static func instant(_ time: timespec) -> Instant {
        Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
