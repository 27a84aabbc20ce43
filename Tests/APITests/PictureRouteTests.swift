import Core
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import TestSupport
import Testing

@testable import API

@Suite("Pictures of users")
struct PictureRouteTests {
    private static let address = "/api/auth/user/picture"

    /// Somebody without a picture, and a server over a real store with real pages.
    private func stage() async throws -> (house: RealHouse, cookie: HTTPFields) {
        let house = try await RealHouse()
        return (house, [.cookie: try await house.cookie(of: house.fixture.user)])
    }

    @Test("are set by the body, shown on every page at once, and served to their owner as nothing but a picture")
    func set() async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            let before = try await client.get("/dashboard/", cookie).text
            #expect(before.contains(#"<span class="avatar" aria-hidden="true">MK</span>"#))
            let answer = try await client.put(Self.address, SamplePicture.jpeg, "image/jpeg", cookie)
            #expect(answer.status == .ok, "\(answer.text)")
            let path = try #require(answer.json["data"]?["avatar_url"]?.text)
            #expect(try await client.account(cookie)["avatar_url"] == .text(path))
            for page in ["/dashboard/", "/settings/account/", "/trends/"] {
                let text = try await client.get(page, cookie).text
                #expect(text.contains(#"<img class="avatar" src="\#(path)" width="30" height="30" alt="">"#), "\(page)")
                #expect(!text.contains(">MK<"), "\(page)")
            }
            let picture = try await client.get(path, cookie)
            #expect(Array(picture.body.readableBytesView) == (try Picture(file: SamplePicture.jpeg)).bytes)
            #expect(picture.headers[.contentType] == "image/jpeg")
            #expect(picture.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
            #expect(picture.headers[.xContentTypeOptions] == "nosniff")
            #expect(picture.headers[.cacheControl] == "private, max-age=31536000, immutable")
            #expect(picture.headers[.vary] == "Cookie")
            let tag = try #require(picture.headers[.eTag])
            let again = try await client.get(path, [.cookie: cookie[.cookie] ?? "", .ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.readableBytes == 0)
        }
    }

    @Test("are known by their bytes, whatever type is claimed; what claims to be none of them is not read")
    func types() async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            for claimed in ["image/png", "image/webp", "application/octet-stream"] {
                let answer = try await client.put(Self.address, SamplePicture.webp, claimed, cookie)
                let path = try #require(answer.json["data"]?["avatar_url"]?.text)
                #expect(try await client.get(path, cookie).headers[.contentType] == "image/webp")
            }
            for other in ["text/html", "image/svg+xml", "multipart/form-data; boundary=x", "application/json", ""] {
                let answer = try await client.put(Self.address, SamplePicture.webp, other, cookie)
                #expect(answer.status == .unsupportedMediaType && answer.text.contains("image/png"), "\(other)")
            }
        }
    }

    private static let refusals: [(bytes: [UInt8], rule: String, status: HTTPResponse.Status)] = [
        (Array("GIF89a".utf8), "picture must be a PNG, JPEG or WebP picture", .badRequest),
        ([], "picture is missing", .badRequest),
        (Array(SamplePicture.png.dropLast()), "picture must be a whole picture", .badRequest),
        (SamplePicture.png(width: 4000, height: 3), "picture must be at most 2,048 pixels wide and high", .badRequest),
        (SamplePicture.png + [UInt8](repeating: 0, count: 256 * 1024), "must be at most 256 KiB", .contentTooLarge),
    ]

    @Test("that break a rule are refused with it, and the one before stays", arguments: 0..<refusals.count)
    func refused(_ number: Int) async throws {
        let (house, cookie) = try await stage()
        let bad = Self.refusals[number]
        try await house.server.makeApplication().test(.router) { client in
            let first = try await client.put(Self.address, SamplePicture.png, "image/png", cookie)
            let answer = try await client.put(Self.address, bad.bytes, "image/png", cookie)
            #expect(answer.status == bad.status, "\(answer.text)")
            #expect(answer.json["error"]?["details"]?.array?.first?["field"] == .text("picture"))
            #expect(answer.json["error"]?["message"]?.text?.lowercased().contains(bad.rule.lowercased()) == true)
            #expect(try await client.account(cookie)["avatar_url"] == first.json["data"]?["avatar_url"])
        }
    }

    @Test("come by a plain form, which leads back to where it stood; a wrong one is shown again with its sentence")
    func form() async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            let page = try await client.get("/settings/account/", cookie).text
            #expect(page.contains(#"action="/api/auth/user/picture" enctype="multipart/form-data""#))
            let next = ("next", Array("/settings/account/".utf8))
            let done = try await client.send([("picture", SamplePicture.png), next], to: Self.address, cookie)
            #expect(done.status == .seeOther && done.headers[.location] == "/settings/account/")
            #expect(try await client.get("/settings/account/", cookie).text.contains(#"alt="Your picture""#))
            let large = [UInt8](repeating: 0, count: 256 * 1024 + 1)
            let wrong: [([UInt8], String, HTTPResponse.Status)] = [
                ([], "File is missing.", .unprocessableContent),
                (Array("<svg/>".utf8), "File must be a PNG, JPEG or WebP picture.", .unprocessableContent),
                (large, "File must be at most 256 KiB.", .unprocessableContent),
                (large + large, "File must be at most 256 KiB.", .contentTooLarge),
            ]
            for (bytes, sentence, status) in wrong {
                let answer = try await client.send([("picture", bytes), next], to: Self.address, cookie)
                #expect(answer.status == status && answer.text.contains(sentence), "\(answer.status) \(sentence)")
                #expect(answer.text.contains(#"type="file""#) && answer.text.contains("multipart/form-data"))
            }
        }
    }

    @Test(
        "in a form that is none, or with other fields, are refused",
        arguments: [
            ("multipart/form-data", "--x\r\n\r\n\r\n--x--"), ("multipart/form-data; boundary=x", ""),
            ("multipart/form-data; boundary=x", "--x"), ("multipart/form-data; boundary=x", "--x--"),
            ("multipart/form-data; boundary=\"\"", "----"),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"picture\"\r\n\r\nGIF"),
            ("multipart/form-data; boundary=x", "--x\r\nname=picture\r\n\r\n\r\n--x--"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"surprise\"\r\n\r\n1\r\n--x--"
            ),
            ("multipart/form-data; boundary=x", String(repeating: "--x\r\n\r\n\r\n\r\n", count: 5000)),
        ])
    func malformed(type: String, body: String) async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            let answer = try await client.post(Self.address, body, type, cookie)
            #expect(answer.status == .unprocessableContent, "\(answer.status)")
            #expect(try await client.account(cookie)["avatar_url"] == .null)
        }
    }

    @Test("are nobody else's: not by their address, not with a token that may not, not once they are replaced")
    func foreign() async throws {
        let (house, cookie) = try await stage()
        let other = try await Resident("ottocanary2c9d", in: house)
        let reading = try await house.addToken(of: house.fixture.user, [.accountRead]).text
        let blind = try await house.addToken(of: house.fixture.user, [.trendsRead]).text
        try await house.server.makeApplication().test(.router) { client in
            let first = try await client.put(Self.address, SamplePicture.png, "image/png", cookie)
            let path = try #require(first.json["data"]?["avatar_url"]?.text)
            #expect(try await client.get(path, [.cookie: other.cookie]).status == .notFound)
            #expect(try await client.get(path).status == .unauthorized)
            #expect(try await client.get(path, [.authorization: "Bearer \(reading)"]).status == .ok)
            #expect(try await client.get(path, [.authorization: "Bearer \(blind)"]).status == .forbidden)
            for none in ["/picture/x", path + "0", "/picture/", "/picture/\(other.picture.text)"] {
                #expect(try await client.get(none, cookie).status == .notFound, "\(none)")
            }
            _ = try await client.put(Self.address, SamplePicture.jpeg, "image/jpeg", cookie)
            #expect(try await client.get(path, cookie).status == .notFound)
        }
    }

    @Test("are removed by DELETE or a form, and the initials come back; removing none is all the same")
    func removed() async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            for isForm in [true, false, false] {
                let set = try await client.put(Self.address, SamplePicture.png, "image/png", cookie)
                let path = try #require(set.json["data"]?["avatar_url"]?.text)
                let form = "next=%2Fsettings%2Faccount%2F"
                let answer =
                    isForm
                    ? try await client.post(Self.address + "/delete", form: form, cookie)
                    : try await client.delete(Self.address, cookie)
                #expect(answer.status == (isForm ? .seeOther : .ok))
                #expect(try await client.get(path, cookie).status == .notFound)
                #expect(try await client.get("/dashboard/", cookie).text.contains(">MK</span>"))
                #expect(try await client.delete(Self.address, cookie).json["data"]?["avatar_url"] == .null)
            }
        }
    }

    @Test("of another site's making are refused")
    func crossSite() async throws {
        let (house, cookie) = try await stage()
        try await house.server.makeApplication().test(.router) { client in
            var headers = cookie
            headers[.origin] = "https://evil.example"
            let answer = try await client.send([("picture", SamplePicture.png)], to: Self.address, headers)
            #expect(answer.status == .forbidden)
        }
    }

    @Test("are in the document with their types, and with every status")
    func documented() async throws {
        let house = try await RealHouse()
        try await house.server.makeApplication().test(.router) { client in
            let item = try await client.get("/api/openapi.json").json["paths"]?[Self.address]
            let types = item?["put"]?["requestBody"]?["content"]?.object?.keys.sorted()
            #expect(types == ["application/octet-stream", "image/jpeg", "image/png", "image/webp"])
            let form = item?["post"]?["requestBody"]?["content"]?["multipart/form-data"]
            #expect(item?["post"]?["requestBody"]?["content"]?.object?.count == 1)
            #expect(form?["schema"]?["required"] == .array([.text("picture")]))
            #expect(form?["encoding"]?["picture"]?["contentType"] == .text("image/png, image/jpeg, image/webp"))
            for method in ["put", "post", "delete"] {
                let statuses = item?[method]?["responses"]?.object?.keys.map { $0 } ?? []
                #expect(Set(statuses).isSuperset(of: ["200", "303", "400", "401", "403", "413", "415", "422", "429"]))
            }
        }
    }
}

extension TestClientProtocol {
    fileprivate func put(
        _ address: String, _ body: [UInt8], _ type: String, _ headers: HTTPFields
    ) async throws -> TestResponse {
        try await send(.put, address, body, type, headers)
    }

    /// A browser's form with files.
    fileprivate func send(
        _ parts: [(String, [UInt8])], to address: String, _ headers: HTTPFields
    ) async throws -> TestResponse {
        let form = SamplePicture.form(parts.map { (name: $0.0, bytes: $0.1) })
        var headers = headers
        headers[.accept] = "text/html"
        return try await send(.post, address, form.bytes, form.type, headers)
    }

    private func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: [UInt8], _ type: String, _ headers: HTTPFields
    ) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = type
        if headers[.origin] == nil { headers[.origin] = Harness.origin }
        return try await execute(uri: address, method: method, headers: headers, body: ByteBuffer(bytes: body)) { $0 }
    }
}
