import Core
import Foundation
import Testing

@Suite("Spellings of one letter")
struct NormalisationTests {
    private static let words = ["Café", "Ångström", "Чай", "Ёлка", "한국", "がくせい", "パリ", "Αθήνα", "Tiếng Việt", "ﷺ x"]

    @Test("A letter is one letter, whether it comes as one character or with its marks apart", arguments: words)
    func composed(_ word: String) {
        let whole = FoldedText(word.precomposedStringWithCanonicalMapping)
        let apart = FoldedText(word.decomposedStringWithCanonicalMapping)
        #expect(whole.bytes == apart.bytes)
        #expect(FoldedText("one \(word.decomposedStringWithCanonicalMapping) two").contains(whole))
    }

    @Test("Letters that are different words stay different", arguments: [("か", "が"), ("は", "ぱ"), ("하", "한")])
    func distinct(_ left: String, _ right: String) {
        #expect(FoldedText(left) != FoldedText(right))
    }
}
