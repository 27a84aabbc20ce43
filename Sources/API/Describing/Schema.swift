import Core

/// A JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it, with the named schemas that it refers to.
struct Schema: Sendable {
    var json: JSON
    private(set) var components: [String: JSON] = [:]
    /// How one text of a form may stand for a list, where that is more than one of its elements.
    private(set) var asOneText: JSON?

    private init(_ type: String, _ keywords: [String: JSON] = [:]) {
        json = .object(keywords.merging(["type": .text(type)]) { $1 })
    }

    init(_ json: JSON) { self.json = json }

    /// Lengths are counted in Unicode scalars, as JSON Schema does.
    static func text(_ length: ClosedRange<Int>? = nil, format: String? = nil, pattern: String? = nil) -> Schema {
        Schema("string")
            .with("minLength", length.map { .integer(Int64($0.lowerBound)) })
            .with("maxLength", length.map { .integer(Int64($0.upperBound)) })
            .with("format", format.map(JSON.text)).with("pattern", pattern.map(JSON.text))
    }

    static func integer(_ range: ClosedRange<Int64>? = nil) -> Schema {
        Schema("integer").with("minimum", range.map { .integer($0.lowerBound) })
            .with("maximum", range.map { .integer($0.upperBound) })
    }

    static let number = Schema("number")
    static let bool = Schema("boolean")

    static func choice(_ values: [String]) -> Schema {
        Schema("string", ["enum": .array(values.map(JSON.text))])
    }

    static func list(of element: Schema, _ count: ClosedRange<Int>? = nil) -> Schema {
        var list = Schema("array", ["items": element.json])
            .with("minItems", count.map { .integer(Int64($0.lowerBound)) })
            .with("maxItems", count.map { .integer(Int64($0.upperBound)) })
        list.components = element.components
        return list
    }

    /// An object with exactly these members, of which `required` are always there.
    static func object(_ members: [(name: String, schema: Schema)], required: [String]) -> Schema {
        var object = Schema("object", ["additionalProperties": .bool(false)])
        var properties: [String: JSON] = [:]
        for (name, schema) in members {
            properties[name] = schema.json
            object.components.merge(schema.components) { first, _ in first }
        }
        return object.with("properties", .object(properties))
            .with("required", required.isEmpty ? nil : .array(required.map(JSON.text)))
    }

    /// One more keyword; `nil` adds nothing.
    func with(_ keyword: String, _ value: JSON?) -> Schema {
        guard let value, case .object(let keywords) = json else { return self }
        var schema = self
        schema.json = .object(keywords.merging([keyword: value]) { $1 })
        return schema
    }

    var orNull: Schema {
        var schema = self
        schema.json = .object(["anyOf": .array([json, .object(["type": .text("null")])])])
        return schema
    }

    /// A list that a form may also send as one text.
    func asOneText(_ text: Schema) -> Schema {
        var schema = self
        schema.asOneText = text.json
        return schema
    }

    /// The same, told once under its name and referred to everywhere else.
    func named(_ name: String) -> Schema {
        var schema = self
        schema.components[name] = json
        schema.json = .object(["$ref": .text("#/components/schemas/\(name)")])
        return schema
    }
}
