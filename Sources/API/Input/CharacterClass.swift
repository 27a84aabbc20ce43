/// Sets of characters for the patterns of the OpenAPI document, written so that every dialect of regular expressions
/// reads them alike: `\s` and `\p` mean something else in each.
enum CharacterClass {
    /// What is taken off at both ends of a text.
    static let space = text([0x09...0x0D, 0x20...0x20, 0x85...0x85] + wideSpaces)
    /// What `FieldText.isVisible` refuses.
    static let invisible = text(
        [0x00...0x20, 0x7F...0xA0] + formats + [0x200B...0x200F, 0x2028...0x2029, 0xE0020...0xE007F] + wideSpaces)
    /// What a name must not hold: invisible, and no part of words.
    static let unfitForNames = text(
        [0x00...0x1F, 0x7F...0x9F] + formats + [0x200B...0x200B, 0x200E...0x200F, 0x2028...0x2029])

    private static let wideSpaces: [ClosedRange<UInt32>] = [
        0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F,
        0x3000...0x3000,
    ]
    /// Control characters of Unicode's category Cf, but for joiners and tags.
    private static let formats: [ClosedRange<UInt32>] = [
        0xAD...0xAD, 0x600...0x605, 0x61C...0x61C, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891, 0x8E2...0x8E2,
        0x180E...0x180E, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF...0xFEFF, 0xFFF9...0xFFFB,
        0x110BD...0x110BD, 0x110CD...0x110CD, 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
        0xE0001...0xE0001,
    ]

    private static func text(_ ranges: [ClosedRange<UInt32>]) -> String {
        ranges.map { range in
            range.count == 1
                ? name(range.lowerBound) : "\(name(range.lowerBound))-\(name(range.upperBound))"
        }.joined()
    }

    /// Escaped where every dialect knows how, else the character itself.
    private static func name(_ scalar: UInt32) -> String {
        guard scalar > 0xFFFF else {
            let digits = String(scalar, radix: 16, uppercase: true)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return Unicode.Scalar(scalar).map(String.init) ?? ""
    }
}
