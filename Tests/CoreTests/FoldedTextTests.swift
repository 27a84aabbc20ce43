import Core
import TestSupport
import Testing

@Suite("Folded text")
struct FoldedTextTests {
    private func text(_ text: String) -> String { String(decoding: FoldedText(text).bytes, as: UTF8.self) }

    @Test(
        "Words stand in lower case between single spaces",
        arguments: [
            ("Échame   LA-Culpa", " echame la culpa "), ("", " "), ("  ?!  ", " "), ("Don't", " dont "),
            ("動画", " 動 画 "), ("a動b", " a 動 b "), ("ÆØÅ", " aeoa "), ("\u{0301}", " "), ("1.000", " 1 000 "),
        ])
    func folding(_ original: String, _ folded: String) {
        #expect(text(original) == folded)
    }

    @Test("Text is empty when it holds no word")
    func empty() {
        #expect(FoldedText().isEmpty && FoldedText(" \u{200B}…").isEmpty)
        #expect(!FoldedText("a").isEmpty)
        #expect(!FoldedText("a").contains(FoldedText("!")), "an empty phrase is nowhere")
    }

    @Test("A phrase is found at the beginning, in the middle and at the end, and only whole")
    func phrases() {
        let text = FoldedText("one two three")
        for phrase in ["one", "two", "three", "one two", "two three", "one two three"] {
            #expect(text.contains(FoldedText(phrase)), "\(phrase)")
        }
        for phrase in ["on", "e two", "two one", "one three", "three four", "one two three four"] {
            #expect(!text.contains(FoldedText(phrase)), "\(phrase)")
        }
    }

    @Test("Appended text starts a new word")
    func appending() {
        var text = FoldedText("vend")
        text.append("ing")
        #expect(!text.contains(FoldedText("vending")))
        #expect(text.contains(FoldedText("ing")))
    }

    @Test(
        "Folding what is folded changes nothing, and a text always contains each of its words",
        arguments: 1...5 as ClosedRange<UInt64>)
    func property(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("aZ9éßŁ'’-_ 動ガ한🔥👩‍🚀\u{200B}\u{202E}\u{0301}\n&<İ".unicodeScalars)
        for _ in 0..<300 {
            var original = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                original.append(letters.randomElement(using: &random)!)
            }
            let folded = FoldedText(String(original))
            let again = FoldedText(String(decoding: folded.bytes, as: UTF8.self))
            #expect(again == folded, "seed \(seed): \(String(original).debugDescription)")
            for word in String(decoding: folded.bytes, as: UTF8.self).split(separator: " ") {
                #expect(folded.contains(FoldedText(String(word))), "seed \(seed): \(word)")
            }
        }
    }
}
