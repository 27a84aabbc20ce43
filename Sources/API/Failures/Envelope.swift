import Core
import Foundation
import HTTPTypes
import Hummingbird

/// The shape of every JSON answer: `{"success":true,"data":…}` or `{"success":false,"error":{…}}`.
enum Envelope {
    static func success(_ data: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        try JSONAnswer.response(Success(data: data), status: status)
    }

    static func failure(_ failure: APIFailure, requestID: String) throws -> Response {
        let details = failure.details.map { Failure.Detail(field: $0.field, rule: $0.rule) }
        let error = Failure.Body(
            code: failure.code.rawValue, message: failure.message, details: details, requestID: requestID,
            current: failure.current.map(Failure.Current.init))
        var response = try JSONAnswer.response(Failure(error: error), status: failure.status)
        response.headers.append(contentsOf: failure.headers)
        return response
    }

    private struct Success<Value: Encodable>: Encodable {
        let success = true
        let data: Value
    }

    private struct Failure: Encodable {
        struct Detail: Encodable {
            let field: String
            let rule: String
        }
        /// The shape of an ideaboard, as its own route answers it.
        struct Current: Encodable {
            let board: Ideaboard

            func encode(to encoder: any Encoder) throws {
                var writer = JSONWriter()
                Ideaboard.shape.write(board, &writer)
                try EncodableJSON(try JSONParser.parse(writer.bytes)).encode(to: encoder)
            }
        }
        struct Body: Encodable {
            let code: String
            let message: String
            let details: [Detail]
            let requestID: String
            /// Absent but in a conflict.
            let current: Current?

            enum CodingKeys: String, CodingKey {
                case code, message, details, current
                case requestID = "request_id"
            }
        }
        let success = false
        let error: Body
    }
}

/// Any JSON among encoded values.
private struct EncodableJSON: Encodable {
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch json {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .digits(let text), .text(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements.map(EncodableJSON.init))
        case .object(let members): try container.encode(members.mapValues(EncodableJSON.init))
        }
    }
}

/// A JSON document made for this one answer.
enum JSONAnswer {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return response(bytes: Array(try encoder.encode(value)), status: status)
    }

    /// Bytes that are JSON already.
    static func response(bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        let headers: HTTPFields = [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
