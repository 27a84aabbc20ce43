import Core
import Foundation
import TestSupport
import Testing

@testable import API

@Suite("Asset folder")
struct AssetSafetyTests {
    private let folder: TemporaryFolder
    private let now = SystemClock.now()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func write(_ path: String, _ text: String) throws {
        let url = URL(fileURLWithPath: "\(folder.path)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    @Test("serves what browsers need and nothing else that lies there")
    func kinds() throws {
        for path in [
            "app.css", "img/a.png", ".env", ".git/config.json", "a/.hidden/b.css", "notes.md", "key.pem", "run.sh",
            "data.db", "noextension",
        ] {
            try write(path, "x")
        }
        let store = try AssetFolder.load(folder.path, isSecure: false, now: now)
        #expect(Set(store.addresses.keys) == ["app.css", "img/a.png"])
    }

    @Test("follows no link out of itself")
    func links() throws {
        let outside = try TemporaryFolder()
        try Data("secret".utf8).write(to: URL(fileURLWithPath: outside.path + "/secret.css"))
        try write("app.css", "x")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.css", withDestinationPath: outside.path + "/secret.css")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/dir", withDestinationPath: outside.path)
        let store = try AssetFolder.load(folder.path, isSecure: false, now: now)
        #expect(Set(store.addresses.keys) == ["app.css"])
    }

    @Test("gives equal files equal addresses on every machine, and changed ones new addresses")
    func addresses() throws {
        let first = AssetStore(files: ["a.css": [1], "b/a.css": [1]])
        #expect(first.addresses == AssetStore(files: ["b/a.css": [1], "a.css": [1]]).addresses)
        #expect(first.addresses["a.css"] != AssetStore(files: ["a.css": [2]]).addresses["a.css"])
        #expect(Set(first.addresses.values).count == 2)
        #expect(first.addresses["a.css"]?.wholeMatch(of: /\/assets\/a\.[0-9a-f]{16}\.css/) != nil)
        #expect(first.body(at: first.addresses["a.css"] ?? "") == [1] && first.body(at: "/assets/a.css") == nil)
    }

    @Test("may be loaded again and again over one archive")
    func archive() throws {
        try write("app.css", "one")
        let archive = folder.path + "/../\(URL(fileURLWithPath: folder.path).lastPathComponent)-archive"
        try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: archive) }
        let old = try #require(
            try AssetFolder.load(folder.path, archive: archive, isSecure: false, now: now).addresses["app.css"])
        try write("app.css", "two")
        for _ in 0..<2 {
            let store = try AssetFolder.load(folder.path, archive: archive, isSecure: false, now: now)
            #expect(store.body(at: old) == Array("one".utf8))
            #expect(store.addresses["app.css"] != old)
        }
    }
}
