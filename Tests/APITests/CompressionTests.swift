import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import API

@Suite("Compression")
struct CompressionTests {
    @Test(
        "is used only where the client takes it",
        arguments: [
            ("gzip", true), ("gzip, deflate, br, zstd", true), ("br;q=1.0, gzip;q=0.8", true), ("GZIP", true),
            ("*", true), ("x-gzip", true), ("gzip;q=0.001", true),
            ("gzip;q=0", false), ("gzip ; q=0.000", false), ("*;q=0", false), ("*, gzip;q=0", false),
            ("identity", false), ("br", false), ("", false), ("gzippy", false), (",;,=", false),
        ])
    func accepted(header: String, expected: Bool) {
        #expect(AcceptEncoding.allowsGzip(header) == expected)
    }

    @Test("keeps the tag and says what it is")
    func page() async throws {
        let harness = try await Harness()
        let cookie = try await harness.cookie(of: harness.anna)

        try await harness.test { client in
            let plain = try await client.get("/dashboard/", [.cookie: cookie])
            let packed = try await client.get("/dashboard/", [.cookie: cookie, .acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.eTag] == plain.headers[.eTag])
            #expect(packed.body.readableBytes < plain.body.readableBytes / 4)
            #expect(packed.headers[.contentLength] == "\(packed.body.readableBytes)")
            #expect(try gunzip(packed.body) == plain.text)
        }
    }

    @Test("is not worth it below 1 kB, nor for pictures", arguments: ["/help/", "/logo"])
    func small(address: String) async throws {
        let harness = try await Harness()
        let logo = try #require(AssetStore(files: ["logo.png": Array(0...255)]).addresses["logo.png"])

        try await harness.test { client in
            let answer = try await client.get(address == "/logo" ? logo : address, [.acceptEncoding: "gzip"])
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentEncoding] == nil)
        }
    }

    @Test("does not replace a page that would grow")
    func incompressible() {
        var state = UInt64(88_172_645_463_325_252)
        let noise = (0..<2000).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        let page = SitePage(address: "/", digest: "d", contentType: "text/plain", body: noise)
        let content = PreparedContent(page, policy: .everybody, security: SecurityHeaders(isSecure: false))

        #expect(content.compressedIfReady == nil)
        #expect(content.compress() === content.plain)
        #expect(content.compressedIfReady === content.plain)
    }

    /// Unpacks with the system's gzip, not with ours.
    private func gunzip(_ bytes: ByteBuffer) throws -> String {
        let program = try ChildProgram("/bin/gzip", ["-dc"])
        try program.input.write(contentsOf: Data(bytes.readableBytesView))
        try program.input.close()
        let data = try program.output.readToEnd() ?? Data()
        #expect(program.wait() == 0)
        return String(decoding: data, as: UTF8.self)
    }
}
