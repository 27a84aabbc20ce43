import Foundation
import TestSupport
import Testing

@Suite("Golden pages")
struct GoldenTests {
    private static let folder = RepositoryRoot.path + "/Tests/SiteTests/Golden"
    /// Set it to write the files anew; read the difference before you commit it.
    private static let records = ProcessInfo.processInfo.environment["KAPTURE_RECORD_GOLDEN"] == "1"

    @Test("A page is byte for byte the one that was looked at", arguments: GoldenPage.allCases)
    func page(_ page: GoldenPage) throws {
        let file = URL(fileURLWithPath: "\(Self.folder)/\(page.fileName)")
        let text = try page.text()

        if Self.records { try Data(text.utf8).write(to: file) }
        let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)

        #expect(text == golden, "\(page.fileName) differs; KAPTURE_RECORD_GOLDEN=1 writes it anew")
    }

    @Test("Rendering twice gives the same bytes", arguments: GoldenPage.allCases)
    func repeatable(_ page: GoldenPage) throws {
        #expect(try page.text() == page.text())
    }
}
