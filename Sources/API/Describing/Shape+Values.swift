import Core

extension Shape where Value == String {
    static var text: Shape { Shape(schema: .text(), example: .text("Text")) { $1.text($0) } }
    static var url: Shape {
        Shape(schema: .text(format: "uri"), example: .text("https://example.com/")) { $1.text($0) }
    }
    static func text(like example: String) -> Shape { text.like(.text(example)) }
}

extension Shape where Value == Int64 {
    static var integer: Shape { Shape(schema: .integer(), example: .integer(3)) { $1.integer($0) } }
    static func integer(like example: Int64) -> Shape { integer.like(.integer(example)) }
}

extension Shape where Value == Double {
    static var number: Shape { Shape(schema: .number, example: .number(1.5)) { $1.number($0) } }
    static func number(like example: Double) -> Shape { number.like(.number(example)) }
}

extension Shape where Value == Bool {
    static var bool: Shape { Shape(schema: .bool, example: .bool(true)) { $1.bool($0) } }
}

extension Shape where Value == Instant {
    /// UTC to the second: `2026-11-01T09:00:00Z`.
    static var instant: Shape {
        let schema = Schema.text(format: "date-time")
        return Shape(schema: schema, example: .text("2026-11-01T09:00:00Z")) { $1.text(HTTPDate.iso8601($0)) }
    }
}

extension Shape {
    static func id<Entity>() -> Shape where Value == Identifier<Entity> {
        let example = "01990000-0000-7000-8000-000000000001"
        return Shape(schema: .text(format: "uuid"), example: .text(example)) { $1.text($0.rawValue) }
    }

    static func choice() -> Shape where Value: RawRepresentable<String> & CaseIterable & Sendable {
        let names = Value.allCases.map(\.rawValue)
        return Shape(schema: .choice(names), example: .text(names.first ?? "")) { $1.text($0.rawValue) }
    }
}
