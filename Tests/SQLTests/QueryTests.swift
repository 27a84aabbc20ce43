import SQL
import Testing

@Suite("Query")
struct QueryTests {
    private static let hostile = [
        "'; DROP TABLE users; --", "\"", "?", "?1", ":name", "$1", "\\", "%", "a\u{0}b", "\u{202E}", "', 1); --",
    ]

    @Test("A value is a mark in the text and stands beside it, whatever it says", arguments: hostile)
    func binding(_ value: String) {
        let query: Query = "SELECT \(value), \(7)"
        #expect(query.text == "SELECT ?, ?")
        #expect(query.values == [.text(value), .integer(7)])
    }

    @Test("Every kind of value has one encoding, and none is NULL")
    func kinds() {
        let (nothing, text): (String?, String?) = (nil, "a")
        let query: Query = "\(true)\(false)\(3 as Int64)\(2.5)\(nothing)\(text)\([1, 2] as [UInt8])\(SQLValue.null)"
        #expect(
            query.values == [
                .integer(1), .integer(0), .integer(3), .real(2.5), .null, .text("a"), .blob([1, 2]), .null,
            ])
        #expect(query.text == "????????")
    }

    @Test("A part keeps its values in their place among the others")
    func parts() {
        let inner: Query = "b = \(2) AND \("c = \(3)" as Query)"
        let query: Query = "SELECT \(1) WHERE \(inner) OR d = \(4)"
        #expect(query.text == "SELECT ? WHERE b = ? AND c = ? OR d = ?")
        #expect(query.values == [.integer(1), .integer(2), .integer(3), .integer(4)])
    }

    @Test("A list is bound value by value, an empty one holds nothing")
    func lists() {
        let none: [String] = []
        #expect(("x IN \(list: ["a", "b"])" as Query).text == "x IN (?,?)")
        #expect(("x IN \(list: ["a", "b"])" as Query).values == [.text("a"), .text("b")])
        #expect(("x IN \(list: none)" as Query) == Query(stringLiteral: "x IN (NULL)"))
    }
}
