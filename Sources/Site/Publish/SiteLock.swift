import Glibc

/// Holds a site against every other publisher on this machine, in this process or another.
enum SiteLock {
    /// Waits until the lock is free, then runs `body` and lets go. `path` is one of 256 files, which are never deleted.
    static func holding<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw FileFailure(operation: "open the lock", path: path, code: errno) }
        defer { close(file) }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else { throw FileFailure(operation: "lock", path: path, code: errno) }
        }
        return try body()
    }
}
