import Core
import TestSupport
import Testing

@testable import Site
@testable import Templates

@Suite("Mails")
struct MailWriterTests {
    private static func writer() throws -> MailWriter {
        let library = try TemplateLibrary(folder: RepositoryRoot.path + "/Templates")
        return MailWriter(templates: try MailTemplates(library: library), origin: "https://kapture.example")
    }

    static let hostile = "<b>M</b> & \"K\""
    static let all: [(AccountMail, path: String?)] = [
        (.confirmSignUp(path: "/confirm/t0ken/"), "/confirm/t0ken/"), (.alreadySignedUp(name: hostile), "/sign-in/"),
        (.resetPassword(name: hostile, path: "/reset/t0ken/"), "/reset/t0ken/"),
        (.confirmEmail(path: "/confirm/t0ken/"), "/confirm/t0ken/"), (.emailTaken, nil),
        (.emailChanged(name: hostile, to: "new@example.com"), nil), (.passwordChanged(name: nil), "/reset/"),
        (.accountDeleted(name: hostile), nil),
    ]

    @Test("say what happened, in text and as a page, with whole links to this installation alone", arguments: all)
    func whole(mail: AccountMail, path: String?) throws {
        let written = try Self.writer().mail(mail, to: "mara@example.com")
        let html = try #require(written.html)

        #expect(written.recipient == "mara@example.com")
        #expect((10...70).contains(written.subject.count) && !written.subject.contains("\n"))
        #expect(written.text.hasPrefix("Hello") && written.text.count > 100)
        #expect(html.hasPrefix("<!doctype html>") && html.hasSuffix("</html>\n"))
        let links = (written.text + html).matches(of: /https?:\/\/[^\s"<]+/).map { String($0.0) }
        #expect(links.allSatisfy { $0.hasPrefix("https://kapture.example/") })
        if let path {
            #expect(written.text.contains("\nhttps://kapture.example\(path)\n"))
            #expect(html.contains(#"<a href="https://kapture.example\#(path)""#))
        }
    }

    @Test("greet by name as it is, and never as markup", arguments: all)
    func names(mail: AccountMail, path: String?) throws {
        let written = try Self.writer().mail(mail, to: "mara@example.com")

        #expect(written.html?.contains("<b>M</b>") == false)
        if "\(mail)".contains("<b>") {
            #expect(written.text.hasPrefix("Hello \(Self.hostile),\n"))
            #expect(written.html?.contains("Hello &lt;b&gt;M&lt;/b&gt; &amp; ") == true)
        } else {
            #expect(written.text.hasPrefix("Hello,\n"))
        }
    }

    @Test("are bound to their templates at start: one that is missing or misspells a name is an error then")
    func binding() throws {
        var files: [String: [UInt8]] = ["layouts/mail": Array("{{$body}}{{/body}}".utf8)]
        for name in AccountMail.templateNames {
            files["mails/\(name)"] = Array("{{<layouts/mail}}{{/layouts/mail}}".utf8)
            files["mails/\(name).txt"] = Array("Subject\n\n{{home}}".utf8)
        }
        _ = try MailTemplates(library: TemplateLibrary(files: files))
        files["mails/reset-password.txt"] = Array("Subject\n\n{{nmae}}".utf8)
        let misspelt = try TemplateLibrary(files: files)
        let failure = #expect(throws: TemplateFailure.self) { try MailTemplates(library: misspelt) }
        #expect(failure?.description.contains("nmae") == true)
    }
}
