import Core

/// The part of JSON Schema that the document uses, to check answers and examples against it.
struct SchemaChecker {
    let document: JSON

    /// Where and why the value does not fit; `nil` when it does.
    func problem(_ value: JSON, _ schema: JSON, at place: String = "") -> String? {
        if let reference = schema["$ref"]?.text {
            let parts = reference.dropFirst(2).split(separator: "/").map(String.init)
            guard let target = parts.reduce(document as JSON?, { $0?[$1] }) else { return "\(place): no \(reference)" }
            return problem(value, target, at: place)
        }
        if let choices = schema["anyOf"]?.array {
            return choices.contains { problem(value, $0) == nil } ? nil : "\(place): fits nothing of anyOf"
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) { return "\(place): not among \(choices)" }
        switch (schema["type"]?.text, value) {
        case ("string", .text), ("boolean", .bool), ("null", .null), ("integer", .integer): return nil
        case ("number", .number), ("number", .integer): return nil
        case ("array", .array(let elements)):
            let items = schema["items"] ?? .null
            return elements.enumerated().lazy.compactMap { problem($1, items, at: "\(place)[\($0)]") }.first
        case ("object", .object(let members)): return problem(members, schema, at: place)
        default: return "\(place): \(value) is no \(schema["type"]?.text ?? "?")"
        }
    }

    private func problem(_ members: [String: JSON], _ schema: JSON, at place: String) -> String? {
        for case .text(let name) in schema["required"]?.array ?? [] where members[name] == nil {
            return "\(place): lacks \(name)"
        }
        for (name, member) in members {
            guard let known = schema["properties"]?[name] else { return "\(place): does not know \(name)" }
            if let problem = problem(member, known, at: "\(place).\(name)") { return problem }
        }
        return nil
    }
}
