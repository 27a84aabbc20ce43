import Core

/// How values of a type look in an answer: told once, for the bytes, the schema and the example alike.
struct Shape<Value>: Sendable {
    let schema: Schema
    let example: JSON
    let write: @Sendable (Value, inout JSONWriter) -> Void
}

/// A type that answers can hold.
protocol Described: Sendable {
    static var shape: Shape<Self> { get }
}

extension Array: Described where Element: Described {
    static var shape: Shape<[Element]> { .list(Element.shape) }
}

/// One member of an object in an answer. It is always there; an optional value is null where there is none.
struct Property<Owner>: Sendable {
    let name: String
    let schema: Schema
    let example: JSON
    let write: @Sendable (Owner, inout JSONWriter) -> Void

    init<Value>(
        _ name: String, _ shape: Shape<Value>, _ about: String? = nil, _ value: @escaping @Sendable (Owner) -> Value
    ) {
        (self.name, example) = (name, shape.example)
        schema = shape.schema.with("description", about.map(JSON.text))
        write = { owner, writer in
            writer.key(name)
            shape.write(value(owner), &writer)
        }
    }

    init<Value>(
        _ name: String, _ shape: Shape<Value>, _ about: String? = nil, _ value: @escaping @Sendable (Owner) -> Value?
    ) {
        let orNull: Shape<Value?> = shape.orNull
        self.init(name, orNull, about, value)
    }

    private init(_ property: Property<some Any>, _ write: @escaping @Sendable (Owner, inout JSONWriter) -> Void) {
        (name, schema, example) = (property.name, property.schema, property.example)
        self.write = write
    }

    /// The same member of an object that stands for more than `Owner`.
    func of<Outer>(_ owner: @escaping @Sendable (Outer) -> Owner) -> Property<Outer> {
        Property<Outer>(self) { [write] in write(owner($0), &$1) }
    }
}

extension Shape {
    /// An object under its own name in the document.
    static func object(_ name: String, _ properties: [Property<Value>]) -> Shape {
        let members = properties.map { (name: $0.name, schema: $0.schema) }
        let example = JSON.object(Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.example) }))
        let schema = Schema.object(members, required: properties.map(\.name)).with("examples", .array([example]))
        return Shape(schema: schema.named(name), example: example) { value, writer in
            writer.object { writer in
                for property in properties { property.write(value, &writer) }
            }
        }
    }

    static func list<Element>(_ element: Shape<Element>) -> Shape where Value == [Element] {
        Shape(schema: .list(of: element.schema), example: .array([element.example])) { values, writer in
            writer.array { writer in for value in values { element.write(value, &writer) } }
        }
    }

    /// Null where there is no value.
    var orNull: Shape<Value?> {
        Shape<Value?>(schema: schema.orNull, example: example) { [write] value, writer in
            if let value { write(value, &writer) } else { writer.null() }
        }
    }

    /// With an example of its own.
    func like(_ example: JSON) -> Shape { Shape(schema: schema, example: example, write: write) }
}
