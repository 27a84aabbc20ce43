import Foundation
import Glibc
import Site
import TestSupport
import Testing

@Suite("Disk")
struct DiskFileSystemTests {
    private let folder: TemporaryFolder
    private let disk = DiskFileSystem()
    private var path: String { folder.path + "/file" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func failure(_ body: () throws -> Void) -> FileFailure? {
        #expect(throws: FileFailure.self) { try body() }
    }

    @Test("A file is read as it was written, of any size", arguments: [0, 1, 65_536, 3_000_000])
    func roundTrip(_ size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        try disk.write(bytes, to: path)
        #expect(try disk.read(path) == bytes)
    }

    @Test("Writing replaces everything, a longer text leaves no end behind")
    func truncating() throws {
        try disk.write(Array("a long text".utf8), to: path)
        try disk.write(Array("short".utf8), to: path)
        #expect(try disk.read(path) == Array("short".utf8))
    }

    @Test("What does not exist reads as nothing, and removing it is fine")
    func missing() throws {
        #expect(try disk.read(path) == nil)
        #expect(try disk.names(in: path) == [])
        try disk.remove(path)
        try disk.removeFolder(path)
        #expect(failure { try disk.rename(path, to: path + "2") }?.code == ENOENT)
    }

    @Test("Renaming replaces what had the name")
    func renaming() throws {
        try disk.write([1], to: path)
        try disk.write([2], to: path + ".new")
        try disk.rename(path + ".new", to: path)
        #expect(try disk.read(path) == [2])
        #expect(try disk.names(in: folder.path) == ["file"])
    }

    @Test("A folder goes with all it holds, however deep")
    func folders() throws {
        let inner = folder.path + "/a"
        try disk.makeFolder(inner)
        try disk.makeFolder(inner)
        try disk.makeFolder(inner + "/b")
        try disk.write([1], to: inner + "/b/c")
        try disk.write([1], to: inner + "/d")
        #expect(try disk.names(in: inner).sorted() == ["b", "d"])
        try disk.removeFolder(inner)
        #expect(try disk.names(in: folder.path) == [])
    }

    @Test("A link in a folder is removed, not what it leads to")
    func links() throws {
        let (kept, gone) = (folder.path + "/kept", folder.path + "/gone")
        try disk.makeFolder(kept)
        try disk.write([1], to: kept + "/file")
        try disk.makeFolder(gone)
        #expect(symlink(kept, gone + "/link") == 0)
        try disk.removeFolder(gone)
        #expect(try disk.read(kept + "/file") == [1])
        #expect(try disk.names(in: folder.path) == ["kept"])
    }

    @Test("A failure says what was tried, where, and why")
    func failures() throws {
        try disk.makeFolder(path)
        #expect(failure { try disk.write([1], to: path) }?.description == "cannot create \(path): Is a directory")
        #expect(failure { try disk.makeFolder(path + "/a/b") }?.operation == "create the folder")
        #expect(failure { _ = try disk.read(path) }?.operation == "read")
        #expect(failure { try disk.remove(path) }?.path == path)
    }

    @Test(
        "A full disk and a forbidden folder say what to do",
        arguments: [
            (ENOSPC, "free some space"), (EDQUOT, "free some space"), (EACCES, "writable"), (EROFS, "writable"),
            (EIO, "error"),
        ])
    func advice(_ code: Int32, _ words: String) {
        let failure = FileFailure(operation: "write", path: "/data/x", code: code)
        #expect(failure.description.hasPrefix("cannot write /data/x: ") && failure.description.contains(words))
    }
}
