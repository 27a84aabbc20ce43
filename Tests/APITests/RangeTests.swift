import HTTPTypes
import HummingbirdTesting
import Testing

@testable import API

@Suite("Range")
struct RangeTests {
    @Test(
        "is one span of bytes; everything else means the whole",
        arguments: [
            ("bytes=0-0", RangeResponder.Asked.part(0..<1)), ("bytes=0-9", .part(0..<10)),
            ("bytes=90-", .part(90..<100)),
            ("bytes=90-200", .part(90..<100)), ("bytes=-10", .part(90..<100)), ("bytes=-200", .part(0..<100)),
            ("BYTES=5-6", .part(5..<7)), ("bytes= 5-6 ", .part(5..<7)), ("bytes=99-99", .part(99..<100)),
            ("bytes=100-", .nothingThere), ("bytes=100-200", .nothingThere), ("bytes=-0", .nothingThere),
            ("bytes=99999999999999999999-", .nothingThere),
            ("bytes=9-5", .everything), ("bytes=0-1,3-4", .everything), ("bytes=", .everything),
            ("bytes=-", .everything),
            ("bytes=a-b", .everything), ("bytes=1", .everything), ("bytes=--1", .everything),
            ("lines=0-1", .everything),
            ("bytes=+1-2", .everything), ("", .everything),
        ])
    func parsing(header: String, expected: RangeResponder.Asked) {
        #expect(RangeResponder.asked(header, size: 100) == expected)
    }

    @Test("of an empty body is never there", arguments: ["bytes=0-0", "bytes=-1", "bytes=0-"])
    func empty(header: String) {
        #expect(RangeResponder.asked(header, size: 0) == .nothingThere)
    }

    @Test("is sent with its place, on GET and HEAD")
    func partial() async throws {
        let harness = try await Harness()
        let logo = try #require(AssetStore(files: ["logo.png": Array(0...255)]).addresses["logo.png"])

        try await harness.test { client in
            let part = try await client.get(logo, [.range: "bytes=2-4"])
            #expect(part.status == .partialContent)
            #expect(Array(part.body.readableBytesView) == [2, 3, 4])
            #expect(part.headers[.contentRange] == "bytes 2-4/256")
            #expect(part.headers[.contentLength] == "3")
            #expect(part.headers[.acceptRanges] == "bytes")
            let head = try await client.head(logo, [.range: "bytes=2-4"])
            #expect(head.status == .partialContent)
            #expect(head.headers[.contentLength] == "3")
            #expect(head.body.readableBytes == 0)
            let beyond = try await client.get(logo, [.range: "bytes=256-"])
            #expect(beyond.status == .rangeNotSatisfiable)
            #expect(beyond.headers[.contentRange] == "bytes */256")
        }
    }

    @Test("is sent only if the file is still the one that was begun")
    func conditional() async throws {
        let harness = try await Harness()
        let logo = try #require(AssetStore(files: ["logo.png": Array(0...255)]).addresses["logo.png"])

        try await harness.test { client in
            let tag = try #require(try await client.get(logo).headers[.eTag])
            #expect(tag.hasPrefix("\""))
            let same = try await client.get(logo, [.range: "bytes=0-1", .ifRange: tag])
            #expect(same.status == .partialContent)
            for header in ["\"other\"", "W/\(tag)", "Wed, 21 Oct 2015 07:28:00 GMT"] {
                let whole = try await client.get(logo, [.range: "bytes=0-1", .ifRange: header])
                #expect(whole.status == .ok)
                #expect(whole.body.readableBytes == 256)
            }
            let known = try await client.get(logo, [.range: "bytes=0-1", .ifNoneMatch: tag])
            #expect(known.status == .notModified)
        }
    }

    @Test("of a page is the whole page")
    func page() async throws {
        let harness = try await Harness()

        try await harness.test { client in
            let answer = try await client.get("/help/", [.range: "bytes=0-1"])
            #expect(answer.status == .ok)
            #expect(answer.text == "help")
        }
    }
}
