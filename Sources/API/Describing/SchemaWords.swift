import Core

/// A schema in a few words.
enum SchemaWords {
    static func of(_ schema: JSON) -> String {
        if let choices = schema["anyOf"]?.array {
            return choices.filter { $0["maxLength"] != .integer(0) }.map {
                $0["type"] == .text("null") ? "null" : of($0)
            }.joined(separator: " or ")
        }
        if let values = schema["enum"]?.array { return choice(values.compactMap(\.text)) }
        if let reference = schema["$ref"]?.text { return String(reference.split(separator: "/").last ?? "") }
        switch schema["type"]?.text {
        case "string": return text(schema)
        case "integer": return "whole number" + span(schema["minimum"], schema["maximum"], "")
        case "boolean": return "true or false"
        case "array":
            let count = span(schema["minItems"], schema["maxItems"], " entries")
            return "list\(count) of \(schema["items"].map(of) ?? "anything")"
        default: return schema["type"]?.text ?? "anything"
        }
    }

    private static func text(_ schema: JSON) -> String {
        switch schema["format"]?.text {
        case "uuid": "id"
        case "date-time": "time"
        case "uri": "link"
        default: "text" + span(schema["minLength"], schema["maxLength"], " characters")
        }
    }

    private static func choice(_ values: [String]) -> String {
        guard values.count <= 12 else { return "one of \(values.count) names" }
        return "one of " + values.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func span(_ low: JSON?, _ high: JSON?, _ unit: String) -> String {
        guard case .integer(let low)? = low, case .integer(let high)? = high else { return "" }
        let most = high == .max ? nil : Figures.exact(high)
        switch (low, most) {
        case (0, nil): return ""
        case (_, nil): return ", at least \(Figures.exact(low))\(unit)"
        case (0, let most?): return ", at most \(most)\(unit)"
        case (_, let most?): return low == high ? ", \(most)\(unit)" : ", \(Figures.exact(low)) to \(most)\(unit)"
        }
    }
}

/// JSON as people read it, two spaces a level; short lists and objects stay on their line.
enum PlainJSON {
    static func text(_ json: JSON, indent: String = "") -> String {
        let line = compact(json)
        guard line.count > 80 else { return line }
        let inner = indent + "  "
        switch json {
        case .array(let elements):
            return "[\n" + elements.map { inner + text($0, indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members):
            let lines = members.sorted { $0.key < $1.key }.map {
                "\(inner)\"\($0.key)\": \(text($0.value, indent: inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default: return line
        }
    }

    private static func compact(_ json: JSON) -> String {
        var writer = JSONWriter()
        writer.value(json)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
