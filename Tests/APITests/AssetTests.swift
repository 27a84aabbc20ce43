import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Asset")
struct AssetTests {
    @Test("has its content in its address, but for files that browsers ask for by name")
    func addresses() {
        let store = AssetStore(files: [
            "app.css": Array("a{}".utf8), "js/app.js": Array("1".utf8), "sw.js": Array("2".utf8),
            "robots.txt": Array("x".utf8), "manifest.webmanifest": Array("{}".utf8), "secret.key": [1],
            ".hidden.css": [1],
        ])

        // The first 16 digits of `printf 'a{}' | sha256sum`.
        #expect(store.addresses["app.css"] == "/assets/app.5f546eb4606b5c2b.css")
        #expect(store.addresses["js/app.js"]?.wholeMatch(of: /\/assets\/js\/app\.[0-9a-f]{16}\.js/) != nil)
        #expect(store.addresses["sw.js"] == "/sw.js")
        #expect(store.addresses["robots.txt"] == "/robots.txt")
        #expect(store.addresses["manifest.webmanifest"] == "/manifest.webmanifest")
        #expect(store.addresses["secret.key"] == nil)
        #expect(store.addresses[".hidden.css"] == nil)
    }

    @Test("names other assets by their real addresses, and changes when they do")
    func links() throws {
        func store(logo: [UInt8]) -> AssetStore {
            AssetStore(files: [
                "logo.png": logo, "app.css": Array("a{b:url(/assets/logo.png)}".utf8),
                "manifest.webmanifest": Array(#"{"src":"/assets/logo.png","css":"/assets/app.css"}"#.utf8),
            ])
        }
        let (old, new) = (store(logo: [1]), store(logo: [2]))

        let logo = try #require(old.addresses["logo.png"])
        let css = try #require(old.addresses["app.css"])
        #expect(old.body(at: css) == Array("a{b:url(\(logo))}".utf8))
        #expect(old.body(at: "/manifest.webmanifest") == Array(#"{"src":"\#(logo)","css":"\#(css)"}"#.utf8))
        #expect(new.addresses["app.css"] != css)
    }

    @Test("is kept for a year where its address carries its content, and asked for each time where not")
    func caching() async throws {
        let harness = try await Harness()
        let css = Array(String(repeating: "a{b:c}", count: 400).utf8)
        let address = try #require(AssetStore(files: ["app.css": css]).addresses["app.css"])

        try await harness.test { client in
            let answer = try await client.get(address, [.acceptEncoding: "gzip"])
            #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(answer.headers[.contentType] == "text/css; charset=utf-8")
            #expect(answer.headers[.contentEncoding] == "gzip")
            #expect(answer.headers[.vary] == "Accept-Encoding")
            let tag = try #require(answer.headers[.eTag])
            #expect(try await client.get(address, [.ifNoneMatch: tag]).status == .notModified)
        }
        let worker = AssetStore(files: ["sw.js": [49]]).content(at: "/sw.js")
        #expect(worker?.plain.fields[.cacheControl] == "no-cache")
    }

    @Test("of an earlier release stays for thirty days")
    func archive() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("assets-\(UUID().uuidString)")
        let (source, archive) = (root.appendingPathComponent("Public"), root.appendingPathComponent("archive"))
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: archive, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        func release(_ css: String, at now: Instant) throws -> AssetStore {
            try Data(css.utf8).write(to: source.appendingPathComponent("app.css"))
            return try AssetFolder.load(source.path, archive: archive.path, isSecure: false, now: now)
        }

        let now = SystemClock.now()
        let old = try #require(try release("old", at: now).addresses["app.css"])
        let second = try release("new", at: now)
        #expect(second.body(at: old) == Array("old".utf8))
        #expect(second.addresses["app.css"] != old)
        let later = try release("newer", at: now.adding(hours: 31 * 24))
        #expect(later.body(at: old) == nil)
    }

    @Test("is replaced without a restart, together with its address")
    func replacement() async throws {
        let harness = try await Harness()
        let fresh = AssetStore(files: ["app.css": Array("c{}".utf8)])
        let address = try #require(fresh.addresses["app.css"])

        try await harness.test { client in
            let before = try await client.get(address)
            #expect(before.status == .notFound)
            harness.server.replace(assets: fresh)
            let after = try await client.get(address)
            #expect(after.text == "c{}")
        }
    }

    @Test("of an earlier release goes from the archive after 30 days; one that is served never does")
    func tidy() throws {
        let archive = NSTemporaryDirectory() + "kapture-archive-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: archive) }
        let current = AssetStore(files: ["app.css": Array("a{}".utf8)])
        func write(_ name: String, daysAgo: Double) throws {
            let path = "\(archive)/\(name)"
            try Data("b{}".utf8).write(to: URL(fileURLWithPath: path))
            let date = Date(timeIntervalSinceNow: -daysAgo * 86_400)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        }
        try write("app.5f546eb4606b5c2b.css", daysAgo: 100)
        try write("app.1111111111111111.css", daysAgo: 29)
        try write("app.2222222222222222.css", daysAgo: 31)

        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        try AssetFolder.tidy(archive, keeping: current, now: now)

        let left = try FileManager.default.contentsOfDirectory(atPath: archive).sorted()
        #expect(left == ["app.1111111111111111.css", "app.5f546eb4606b5c2b.css"])
    }

    @Test("folder that is missing is an error, not an empty site")
    func missingFolder() {
        #expect(throws: (any Error).self) {
            try AssetFolder.load("/nonexistent/Public", isSecure: false, now: ManualClock.start)
        }
    }
}
