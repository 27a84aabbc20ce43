/// The file operations a publish is made of: small, so that a test can make every one of them fail or stop.
///
/// Paths are absolute. Each call blocks its thread; errors are `FileFailure`.
package protocol FileSystem: Sendable {
    /// Creates a folder; one that exists is fine, its parent must exist.
    func makeFolder(_ path: String) throws(FileFailure)
    /// The whole file, `nil` when there is none.
    func read(_ path: String) throws(FileFailure) -> [UInt8]?
    /// Creates the file or truncates it, and writes all of `bytes`.
    func write(_ bytes: [UInt8], to path: String) throws(FileFailure)
    /// Atomically gives the file at `path` the name `target`, replacing what had it.
    func rename(_ path: String, to target: String) throws(FileFailure)
    /// Removes a file; one that does not exist is fine.
    func remove(_ path: String) throws(FileFailure)
    /// The names in a folder in any order, empty when there is none.
    func names(in folder: String) throws(FileFailure) -> [String]
    /// Removes a folder with all it holds; one that does not exist is fine.
    func removeFolder(_ path: String) throws(FileFailure)
}

/// A file operation that failed: what was tried, on which path, and the system's reason.
package struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let operation: String
    package let path: String
    package let code: Int32

    package init(operation: String, path: String, code: Int32) {
        (self.operation, self.path, self.code) = (operation, path, code)
    }
}
