import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// The whole body. Throws `failure`, without one that of a large body, above so many bytes, and as soon as their number
    /// is told.
    func bytes(upTo limit: Int, else failure: APIFailure? = nil) async throws -> [UInt8] {
        let tooLarge = failure ?? .tooLarge(limit)
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        do {
            return Array(try await body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }
}
