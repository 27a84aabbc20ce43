import Core
import TestSupport
import Testing

@testable import Site

@Suite("Manifest")
struct ManifestTests {
    private let key = PageDigest.Key(seed: 0)

    private func manifest(_ random: inout SeededGenerator) -> Manifest {
        let count = Int.random(in: 0...20, using: &random)
        let addresses =
            (0..<count).map { "/trends/\($0 * 7)/" }
            + ["/feeds/é.xml", "/", ""].prefix(Int.random(in: 0...3, using: &random))
        let pages = Dictionary(uniqueKeysWithValues: addresses.map { ($0, PageDigest(of: Array($0.utf8), key)) })
        let dropped = (0..<Int.random(in: 0...5, using: &random)).map {
            Manifest.Dropped(
                name: "old\($0).html", at: Instant(milliseconds: .random(in: -5...1 << 45, using: &random)))
        }
        let due = Bool.random(using: &random) ? Instant(milliseconds: .random(in: 0...1 << 45, using: &random)) : nil
        return Manifest(revision: .random(in: 0 ... .max, using: &random), dueAt: due, pages: pages, dropped: dropped)
    }

    @Test(
        "It is read back as it was written, and equal manifests are equal bytes",
        arguments: 1...10 as ClosedRange<UInt64>)
    func roundTrip(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let manifest = manifest(&random)
        let bytes = manifest.encoded

        let read = try #require(Manifest(encoded: bytes), "seed \(seed)")

        #expect(read == manifest && read.encoded == bytes, "seed \(seed)")
        let header = try #require(Manifest.header(of: bytes))
        #expect((header.revision, header.dueAt) == (manifest.revision, manifest.dueAt), "seed \(seed)")
        #expect(Manifest.header(of: Array(bytes.prefix(32)))?.revision == manifest.revision, "32 bytes say it")
    }

    @Test("One that was cut off anywhere, or goes on after its end, is none", arguments: 1...3 as ClosedRange<UInt64>)
    func truncated(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = manifest(&random).encoded
        for length in 0..<bytes.count {
            #expect(Manifest(encoded: Array(bytes.prefix(length))) == nil, "seed \(seed): \(length) of \(bytes.count)")
        }
        #expect(Manifest(encoded: bytes + [0]) == nil, "seed \(seed)")
        #expect(Manifest.header(of: Array(bytes.prefix(23))) == nil)
    }

    @Test("Damaged bytes are no manifest or another one, but never a crash", arguments: 1...5 as ClosedRange<UInt64>)
    func damaged(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = manifest(&random).encoded
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let read = Manifest(encoded: bytes) { #expect(Manifest(encoded: read.encoded) == read, "seed \(seed)") }
            let noise = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(Manifest(encoded: noise) == nil, "seed \(seed)")
        }
    }

    @Test("A count of pages that the bytes cannot hold is refused at once", arguments: [24, 28])
    func hugeCount(_ place: Int) {
        var bytes = Manifest(revision: 1, dueAt: nil, pages: [:], dropped: []).encoded
        bytes.replaceSubrange(place..<place + 4, with: [255, 255, 255, 255])
        #expect(Manifest(encoded: bytes) == nil)
    }

    @Test("Another program's file, or another version's, is none")
    func foreign() {
        var bytes = Manifest(revision: 1, dueAt: nil, pages: [:], dropped: []).encoded
        bytes[0] += 1
        #expect(Manifest(encoded: bytes) == nil && Manifest.header(of: bytes) == nil)
    }

    @Test(
        "A page's file carries its address and digest in its name, in one flat folder",
        arguments: [
            ("/", "index.D.html"), ("/trends/", "trends.D.html"), ("/trends/page/2/", "trends~page~2.D.html"),
            ("/404.html", "404.D.html"), ("/feeds/abc.xml", "feeds~abc.D.xml"), ("/sitemap.xml", "sitemap.D.xml"),
        ])
    func fileNames(_ address: String, _ name: String) {
        let digest = PageDigest(of: [1], key)
        #expect(Manifest.fileName(of: address, digest) == name.replacing("D", with: digest.text))
    }

    @Test("Every address of a site has a file of its own")
    func distinctFiles() {
        let id = "0192f0c0-0000-7000-8000-000000000001"
        let addresses =
            [
                Route.landing, .pricing, .helpIndex, .help(slug: "a"), .legal(slug: "a"), .signIn, .signUp, .notFound,
                .offline,
                .dashboard, .downloads, .settings, .trends(page: 1), .trends(page: 2),
                .watchlist(.init(rawValue: id), page: 1),
                .watchlist(.init(rawValue: id), page: 2), .trend(.init(rawValue: id)), .ideaboards(page: 1),
                .ideaboards(page: 2),
                .ideaboard(.init(rawValue: id)), .library(page: 1), .library(page: 2), .sitemap,
            ].map(\.path) + ["/feeds/\(id).xml"]
        let names = addresses.map { Manifest.fileName(of: $0, PageDigest(of: [1], key)) }
        #expect(Set(names).count == addresses.count)
        #expect(names.allSatisfy { !$0.contains("/") && $0 != "manifest" })
    }

    @Test("It is current at its revision until its due time comes")
    func current() {
        let due = Instant(seconds: 3600)
        let manifest = Manifest(revision: 7, dueAt: due, pages: [:], dropped: [])
        #expect(manifest.isCurrent(7, at: Instant(milliseconds: due.milliseconds - 1)))
        #expect(!manifest.isCurrent(7, at: due))
        #expect(!manifest.isCurrent(8, at: Instant(seconds: 0)) && !manifest.isCurrent(6, at: Instant(seconds: 0)))
        #expect(
            Manifest(revision: 7, dueAt: nil, pages: [:], dropped: []).isCurrent(7, at: Instant(milliseconds: .max)))
    }

    @Test("It knows the files of its pages and those it dropped, and no others")
    func names() {
        let digest = PageDigest(of: [1], key)
        let dropped = Manifest.Dropped(name: "old.html", at: Instant(seconds: 1))
        let manifest = Manifest(revision: 1, dueAt: nil, pages: ["/a/": digest], dropped: [dropped])
        #expect(manifest.names("a.\(digest.text).html") && manifest.names("old.html"))
        #expect(!manifest.names("a.html") && !manifest.names("manifest") && !manifest.names(""))
    }

    @Test("A digest is XXH3 of 128 bits as 32 digits, another one under another key")
    func digest() {
        let long = (0..<10_240).map { UInt8(truncatingIfNeeded: $0) }
        #expect(PageDigest(of: Array("abc".utf8), key).text == "06b05ab6733a618578af5f94892f3950")
        #expect(PageDigest(of: [], key).text == "99aa06d3014798d86001c324468d497f")
        #expect(PageDigest(of: long, key).text == "1cb22534d0d96975c03d2231ab9348f3")
        #expect(PageDigest(of: long, PageDigest.Key(seed: 1)).text == "005dd7b40d40e5047a2b8787628e86d5")
    }

    @Test("Epochs have keys of their own")
    func keys() {
        #expect(PageDigest.Key(epoch: "0123456789abcdef") == PageDigest.Key(epoch: "0123456789abcdef"))
        #expect(PageDigest.Key(epoch: "0123456789abcdef") != PageDigest.Key(epoch: "0123456789abcdee"))
    }
}
