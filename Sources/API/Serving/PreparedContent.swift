import Core
import HTTPTypes
import NIOCore
import Synchronization

/// Some bytes with an address, and every answer that sends them: plain, compressed, "not modified", by nginx.
///
/// The tag is the same for all codings. It is weak for text, which is sent in several, and strong for everything else.
final class PreparedContent: Sendable {
    let tag: String
    let plain: PreparedAnswer
    let notModified: PreparedAnswer
    /// For nginx, which sends the file itself.
    let accelerated: PreparedAnswer?
    let isCompressible: Bool

    private enum Compressed {
        case pending
        case ready(PreparedAnswer)
        case useless
    }
    private let compressed = Mutex(Compressed.pending)

    init(_ page: SitePage, policy: CachePolicy, security: SecurityHeaders, acceptsRanges: Bool = false) {
        let isText = Self.isText(page.contentType)
        tag = isText ? "W/\"\(page.digest)\"" : "\"\(page.digest)\""
        var kept = policy.fields
        kept[.eTag] = tag
        if acceptsRanges { kept[.acceptRanges] = "bytes" }
        kept.append(contentsOf: policy == .shared ? security.sandboxed : security.fields)
        var fields: HTTPFields = [.contentType: page.contentType]
        fields.append(contentsOf: kept)
        notModified = PreparedAnswer(status: .notModified, fields: kept)
        plain = PreparedAnswer(status: .ok, fields: fields, body: ByteBuffer(bytes: page.body))
        isCompressible = isText && page.body.count >= 1024
        accelerated = page.filePath.map { path in
            fields[.xAccelRedirect] = APISettings.accelPrefix + path
            return PreparedAnswer(status: .ok, fields: fields)
        }
    }

    /// The answer with gzip, `nil` when it has not been made yet; the plain one when it would not be smaller.
    var compressedIfReady: PreparedAnswer? {
        guard isCompressible else { return plain }
        return compressed.withLock { state in
            switch state {
            case .pending: nil
            case .ready(let answer): answer
            case .useless: plain
            }
        }
    }

    /// The answer with gzip, made now if need be. Takes about a millisecond for 40 kB, so not on an event loop.
    func compress() -> PreparedAnswer {
        if let answer = compressedIfReady { return answer }
        let bytes = Gzip.compress(plain.body.readableBytesView)
        guard let bytes, bytes.readableBytes < plain.body.readableBytes else {
            compressed.withLock { $0 = .useless }
            return plain
        }
        var fields = plain.fields
        fields[.contentEncoding] = "gzip"
        fields[.acceptRanges] = nil
        let answer = PreparedAnswer(status: .ok, fields: fields, body: bytes)
        compressed.withLock { $0 = .ready(answer) }
        return answer
    }

    /// What it may take in memory, compressed form included.
    var cost: Int { plain.body.readableBytes * (isCompressible ? 2 : 1) + 4096 }

    private static func isText(_ contentType: String) -> Bool {
        let kinds = ["text/", "application/javascript", "application/json", "application/manifest", "image/svg"]
        return kinds.contains { contentType.hasPrefix($0) } || contentType.contains("xml")
    }
}
