import Foundation
import Testing

@Suite("kapture markdown", .timeLimit(.minutes(5)))
struct MarkdownCommandTests {
    @Test(
        "Standard input becomes HTML on standard output, and nothing else does",
        arguments: [
            ("", ""), ("Hello *you*", "<p>Hello <em>you</em></p>\n"),
            ("<script>alert(1)</script>\n\n[x](javascript:alert(1))", "<p>x</p>\n"),
            ("שלום 👩‍🚀", "<p>שלום 👩‍🚀</p>\n"),
        ])
    func renders(markdown: String, html: String) async throws {
        let outcome = try await Program.run(["markdown"], input: markdown)

        #expect(outcome.status == 0 && outcome.output == html && outcome.errors.isEmpty)
    }

    @Test("300 KiB are refused with the size and the limit, and no half page is written")
    func tooLarge() async throws {
        let outcome = try await Program.run(["markdown"], input: String(repeating: "a", count: 300 << 10))

        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.complaint == "Error: the text is 307200 bytes long; at most 262144 (256 KiB) are rendered")
    }

    @Test("256 KiB are rendered")
    func largest() async throws {
        let outcome = try await Program.run(["markdown"], input: String(repeating: "b", count: 256 << 10))

        #expect(outcome.status == 0 && outcome.output.utf8.count > 256 << 10)
    }
}
