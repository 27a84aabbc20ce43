import HTTPTypes
import Hummingbird
import NIOCore

/// An answer made once and sent many times: as fields for the router, and as bytes for the connection.
final class PreparedAnswer: Sendable {
    let status: HTTPResponse.Status
    /// Everything but `Date` and `X-Request-Id`; `Content-Length` is that of the body also when only the head is sent.
    let fields: HTTPFields
    let body: ByteBuffer
    /// Status line and fields as HTTP/1.1 writes them, without the empty line at the end.
    let wireHead: ByteBuffer

    init(status: HTTPResponse.Status, fields: HTTPFields, body: ByteBuffer = ByteBuffer()) {
        var fields = fields
        if status != .notModified { fields[.contentLength] = "\(body.readableBytes)" }
        (self.status, self.fields, self.body) = (status, fields, body)
        var head = ByteBuffer(string: "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for field in fields { head.writeString("\(field.name.rawName): \(field.value)\r\n") }
        wireHead = head
    }

    func response(isHead: Bool) -> Response {
        let body = isHead || body.readableBytes == 0 ? ResponseBody() : ResponseBody(byteBuffer: body)
        var response = Response(status: status, headers: fields, body: body)
        if status == .notModified { response.headers[.contentLength] = nil }
        return response
    }
}
