import Core

/// What stands between several texts that a form sends as one.
struct Separators: Sendable {
    /// As a class of a regular expression has them.
    let characters: String
    let separates: @Sendable (Unicode.Scalar) -> Bool

    static let commas = Separators(characters: ",") { $0 == "," }
    /// As people write a list into several lines.
    static let commasAndLines = Separators(characters: #",\u000A-\u000D\u0085\u2028\u2029"#) { scalar in
        scalar == "," || ("\n"..."\r").contains(scalar) || ["\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }
}

extension InputKind where Value == [String] {
    /// A list of texts. A form may also send them in one text, where blank pieces count for nothing.
    static func texts(
        _ length: ClosedRange<Int>, _ count: ClosedRange<Int>, between separators: Separators, like example: String
    ) -> InputKind {
        let list = InputKind.list(of: InputKind<String>.text(length).like(.text(example)), count)
        let pattern = Self.pattern(separators, length, count)
        return InputKind(
            schema: { list.schema().asOneText(.text(pattern: pattern)) }, example: list.example,
            read: { raw throws(Misfit) in
                guard case .texts(let texts) = raw, texts.count == 1 else { return try list.read(raw) }
                let pieces = texts[0].unicodeScalars.split(whereSeparator: separators.separates).map { String($0) }
                return try list.read(.texts(pieces.filter { !FieldText.trimmed($0).isEmpty }))
            })
    }

    /// As many pieces as the list has, each as long as one of them.
    private static func pattern(
        _ separators: Separators, _ length: ClosedRange<Int>, _ count: ClosedRange<Int>
    ) -> String {
        let (between, piece) = (separators.characters, "[^\\u0000\(separators.characters)]{1,\(length.upperBound)}")
        return "^[\(between)]*(\(piece)([\(between)]+\(piece)){0,\(count.upperBound - 1)})?[\(between)]*$"
    }
}
