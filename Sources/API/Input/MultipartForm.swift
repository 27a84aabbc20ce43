import Core

/// `multipart/form-data` (RFC 7578) as browsers send it.
enum MultipartForm {
    struct Part: Sendable {
        let name: String
        let bytes: ArraySlice<UInt8>
    }

    private static let mostParts = 8
    private static let line = Array("\r\n".utf8)

    /// The parts in their order. `type` is the value of `Content-Type`, which names what stands between them.
    static func parts(_ body: [UInt8], of type: String) throws(ValidationError) -> [Part] {
        guard let boundary = boundary(of: type) else { throw malformed }
        let delimiter = line + Array("--".utf8) + Array(boundary.utf8)
        guard body.starts(with: delimiter.dropFirst(2)) else { throw malformed }
        var (rest, parts) = (body[...].dropFirst(delimiter.count - 2), [] as [Part])
        while !rest.starts(with: Array("--".utf8)) {
            guard rest.starts(with: line), parts.count < mostParts, let end = offset(of: delimiter, in: rest) else {
                throw malformed
            }
            parts.append(try part(rest[rest.startIndex..<end].dropFirst(line.count)))
            rest = rest[end...].dropFirst(delimiter.count)
        }
        return parts
    }

    /// Fields, an empty line, bytes.
    private static func part(_ text: ArraySlice<UInt8>) throws(ValidationError) -> Part {
        guard let end = offset(of: line + line, in: text) else { throw malformed }
        let fields = String(decoding: text[..<end], as: UTF8.self).split(separator: "\r\n")
        let disposition = fields.first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let disposition, let name = parameter("name", of: String(disposition)) else { throw malformed }
        return Part(name: name, bytes: text[(end + 4)...])
    }

    /// 1 to 70 characters (RFC 2046, 5.1.1).
    private static func boundary(of type: String) -> String? {
        guard let boundary = parameter("boundary", of: type), (1...70).contains(boundary.utf8.count) else { return nil }
        return boundary
    }

    /// Quoted or not; browsers write quotes within a name as %22.
    private static func parameter(_ name: String, of field: String) -> String? {
        for part in field.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, FieldText.trimmed(String(pair[0])).lowercased() == name else { continue }
            let value = FieldText.trimmed(String(pair[1]))
            let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            return isQuoted ? String(value.dropFirst().dropLast()) : value
        }
        return nil
    }

    private static func offset(of needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { hay in
            guard hay.count >= needle.count else { return nil }
            for start in 0...(hay.count - needle.count) where hay[start] == needle[0] {
                if (1..<needle.count).allSatisfy({ hay[start + $0] == needle[$0] }) { return bytes.startIndex + start }
            }
            return nil
        }
    }

    private static var malformed: ValidationError {
        ValidationError(field: "body", rule: "must be a form as browsers send it")
    }
}
