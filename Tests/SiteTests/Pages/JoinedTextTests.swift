import Testing

@testable import Site

@Suite("Joined texts")
struct JoinedTextTests {
    @Test(
        "Every line of both is there, what they begin and end with alike once",
        arguments: [
            ("a\nmine\nz", "a\ntheirs\nz", "a\nmine\ntheirs\nz"), ("a\r\nb", "a\nb", "a\nb"), ("", "x", "\nx"),
            ("a\na", "a\na\na", "a\na\na"), ("x\ny", "z", "x\ny\nz"),
        ])
    func lines(_ mine: String, _ theirs: String, _ joined: String) {
        #expect(JoinedText.of(mine, theirs) == joined)
    }

    @Test("One of two empty texts is the other")
    func words() {
        #expect(JoinedText.of("", "b", between: ", ") == "b")
        #expect(JoinedText.of("a", "b", between: ", ") == "a, b")
        #expect(JoinedText.of("a", "a", between: ", ") == "a")
    }
}
