import Core
import Crypto
import HTTPTypes
import Hummingbird

/// What users look like: given, taken back, and shown to nobody but themselves.
struct PictureRoutes: Sendable {
    let pictures: any PictureKeeping
    let passwords: Passwords
    let accounts: any AccountStoring
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.put, .picture, .user(.accountWrite), "Sets your picture.", taking: Self.file(in: .body), set),
            Endpoint(
                .post, .picture, .user(.accountWrite), "Sets your picture, for forms.", taking: Self.file(in: .form),
                set
            )
            .again { wrong, _ in .account(.picture, wrong) },
            Endpoint(.delete, .picture, .user(.accountWrite), "Removes your picture.", remove),
            Endpoint(.post, .deletePicture, .user(.accountWrite), "Removes your picture, for forms.", remove),
            Endpoint(
                whole: .get, "/picture/{digest}", for: .user(.accountRead), "Your picture.", .file(Self.types),
                describing: PictureAddress.self, read
            ).failing(.notFound),
        ]
    }

    private static let types = Picture.Format.allCases.map(\.rawValue)
    private static let field = "picture"

    private static func file(in place: FileTerms.Place) -> FileTerms {
        FileTerms(field: field, limit: Picture.byteLimit, rule: Picture.rule, types: types, place: place)
    }

    @Sendable func set(_ file: [UInt8], _ caller: Caller) async throws -> Answer<Account> {
        let picture = try Picture(file: file, field: Self.field)
        let named = NamedPicture(picture, digest: PictureDigest(sha256: SHA256.hash(data: picture.bytes)))
        let change = try await pictures.setPicture(named, of: caller.userID, now: now())
        return try await answer(caller, change)
    }

    @Sendable func remove(_ input: NoInput, _ caller: Caller) async throws -> Answer<Account> {
        try await answer(caller, try await pictures.removePicture(of: caller.userID))
    }

    private func answer(_ caller: Caller, _ change: Change?) async throws -> Answer<Account> {
        guard let user = try await accounts.user(caller.userID) else { throw APIFailure.signInNeeded }
        let account = Account(user: user, hasPassword: try await passwords.hasOne(user.id))
        return Answer(account, change: change, page: .account)
    }

    // MARK: Looking at it

    private struct PictureAddress: Input {
        init(_ reader: inout InputReader) {
            let digest = InputKind.text(PictureDigest.length...PictureDigest.length)
                .like(.text("0123456789abcdef0123456789abcdef")).matching("[0-9a-f]*")
            _ = reader.path("digest", digest, "As `avatar_url` of your account has it.")
        }
    }

    /// One's own alone: that of somebody else is answered as none.
    @Sendable func read(_ call: Call) async throws -> Response {
        guard let caller = call.caller else { throw APIFailure.signInNeeded }
        guard let digest = call.visit.parameters.get("digest").flatMap({ PictureDigest($0) }),
            let picture = try await pictures.picture(digest, of: caller.userID)
        else { throw APIFailure.notFound }
        let headers = Self.headers(digest)
        if let known = call.request.headers[.ifNoneMatch], EntityTag.matches(known, headers[.eTag] ?? "") {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: picture.bytes)))
        response.headers[.contentType] = picture.format.rawValue
        return response
    }

    /// The browser of its owner keeps it for good; opened by itself it is a picture and nothing else.
    private static func headers(_ digest: PictureDigest) -> HTTPFields {
        [
            .cacheControl: "private, max-age=31536000, immutable", .vary: "Cookie", .eTag: "\"\(digest.text)\"",
            .contentSecurityPolicy: "default-src 'none'; sandbox", .crossOriginResourcePolicy: "same-origin",
        ]
    }
}
