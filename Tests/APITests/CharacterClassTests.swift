import Testing

@testable import API

@Suite("Character classes of the document")
struct CharacterClassTests {
    @Test("say what the rules say, of every character there is")
    func classes() {
        let (space, invisible) = (scalars(CharacterClass.space), scalars(CharacterClass.invisible))
        let unfit = scalars(CharacterClass.unfitForNames)
        for scalar in (0...0x10FFFF).lazy.compactMap(Unicode.Scalar.init) {
            let isFit = FieldText.isVisible(scalar) || FieldText.isPartOfWords(scalar)
            #expect(space.contains(scalar.value) == scalar.properties.isWhitespace, "\(scalar.value)")
            #expect(invisible.contains(scalar.value) != FieldText.isVisible(scalar), "\(scalar.value)")
            #expect(unfit.contains(scalar.value) != isFit, "\(scalar.value)")
        }
    }

    /// The characters of a class written as `\u0009-\u000D\u0020`.
    private func scalars(_ text: String) -> Set<UInt32> {
        var (scalars, rest) = (Set<UInt32>(), Array(text.unicodeScalars)[...])
        while let first = next(&rest) {
            guard rest.first == "-" else {
                scalars.insert(first)
                continue
            }
            rest.removeFirst()
            if let last = next(&rest) { scalars.formUnion(first...last) }
        }
        return scalars
    }

    private func next(_ rest: inout ArraySlice<Unicode.Scalar>) -> UInt32? {
        guard let first = rest.popFirst() else { return nil }
        guard first == "\\" else { return first.value }
        defer { rest = rest.dropFirst(5) }
        return UInt32(String(String.UnicodeScalarView(rest.dropFirst().prefix(4))), radix: 16)
    }
}
