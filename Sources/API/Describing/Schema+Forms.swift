import Core

/// Forms and queries are texts: a list repeats its name, and an empty text stands for nothing.
extension Schema {
    /// As a form has it: a list of one cannot be told from its element, nor an empty one from none, and an empty field is
    /// what null is in JSON.
    var inForms: Schema {
        let choices = self.choices
        return choosing(
            from: choices.flatMap { choice in
                switch choice["type"]?.text {
                case "array":
                    let list = Schema(choice).skippingEmpty.with("minItems", .integer(1)).json
                    return [list, asOneText ?? list["items"] ?? list]
                case "null": return [Schema.nothing]
                default: return [choice]
                }
            })
    }

    /// As a query has it.
    var inQueries: Schema { json["type"] == .text("array") ? skippingEmpty : orEmpty }

    /// Or an empty text.
    var orEmpty: Schema {
        choices.contains(where: Self.takesEmpty) ? self : choosing(from: choices + [Self.nothing])
    }

    private static let nothing = Schema.text(0...0).json

    private var choices: [JSON] { json["anyOf"]?.array ?? [json] }

    private func choosing(from choices: [JSON]) -> Schema {
        guard choices != self.choices else { return self }
        var schema = self
        schema.json = .object(["anyOf": .array(choices)])
        return schema
    }

    /// A list that may be empty, of which empty elements are left out.
    private var skippingEmpty: Schema {
        guard let items = json["items"], json["minItems"] ?? .integer(0) == .integer(0) else { return self }
        return with("items", Schema(items).orEmpty.json)
    }

    private static func takesEmpty(_ schema: JSON) -> Bool {
        schema["type"] == .text("string") && schema["enum"] == nil && schema["format"] == nil
            && schema["minLength"] ?? .integer(0) == .integer(0)
    }
}
