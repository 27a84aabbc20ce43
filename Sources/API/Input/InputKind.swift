import Core

/// What a field holds and how it is read: told once, for reading, the schema and the example alike.
struct InputKind<Value: Sendable>: Sendable {
    /// As JSON Schema tells it; made when it is asked for, since most requests do not.
    let schema: @Sendable () -> Schema
    /// A valid value, which also stands in for a wrong one until all problems are found.
    let example: @Sendable () -> (value: Value, json: JSON)
    let read: @Sendable (RawValue) throws(Misfit) -> Value
}

/// A value as it came.
enum RawValue: Sendable {
    /// From a form or a query: one text for each time the field was sent.
    case texts([String])
    case json(JSON)

    /// The only text of a form or query.
    func single() throws(Misfit) -> String? {
        guard case .texts(let texts) = self else { return nil }
        guard texts.count == 1, let text = texts.first else { throw Misfit("must be given once") }
        return text
    }
}

/// A value that breaks a rule, in words that go on after the field's name.
struct Misfit: Error {
    let rule: String
    /// Where inside the field, such as `[2]`.
    var place = ""

    init(_ rule: String, at place: String = "") {
        (self.rule, self.place) = (rule, place)
    }
}

extension InputKind {
    /// Values that `make` accepts; the field that its error names is left out.
    func checked<Checked: Sendable>(
        like example: Checked, _ make: @escaping @Sendable (Value) throws(ValidationError) -> Checked
    ) -> InputKind<Checked> {
        let own = self.example
        return InputKind<Checked>(schema: schema, example: { (example, own().json) }) { [read] raw throws(Misfit) in
            let value = try read(raw)
            do throws(ValidationError) {
                return try make(value)
            } catch {
                throw Misfit(error.rule)
            }
        }
    }

    /// Told more narrowly in the document.
    func described(_ keyword: String, _ value: JSON) -> InputKind {
        let own = schema
        return InputKind(schema: { own().with(keyword, value) }, example: example, read: read)
    }

    /// With an example of its own for the document.
    func like(_ json: JSON) -> InputKind {
        let own = example
        return InputKind(schema: schema, example: { (own().value, json) }, read: read)
    }
}
