import Core
import Foundation
import TestSupport
import Testing

@Suite("Scripts as they are sent")
struct ScriptTextTests {
    @Test(
        "have no comments and no indentation, and the same lines of code",
        arguments: [
            ("", ""), ("// a\n", ""), ("a\n", "a\n"),
            ("if (b) {\n  // c\n\n    d;  // e\n}\n", "if (b) {\nd;  // e\n}\n"),
            ("x = 'http://a';\n  //b\n  y\n", "x = 'http://a';\ny\n"), ("a / b\n / / c", "a / b\n/ / c\n"),
        ])
    func trimmed(script: String, sent: String) {
        #expect(String(decoding: ScriptText.trimmed(Array(script.utf8)), as: UTF8.self) == sent)
    }

    @Test("Ours hold no text over several lines")
    func ours() throws {
        let folder = RepositoryRoot.path + "/Public/"
        let scripts = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".js") }
        #expect(scripts.count >= 6)
        for name in scripts {
            for line in try String(contentsOfFile: folder + name, encoding: .utf8).split(separator: "\n") {
                #expect(line.count { $0 == "`" } % 2 == 0, "\(name): \(line)")
            }
        }
    }
}
