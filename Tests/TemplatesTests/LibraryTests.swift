import Foundation
import Templates
import TestSupport
import Testing

@Suite("Template library")
struct LibraryTests {
    private static func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (path, text) in files {
            let file = URL(filePath: folder.path).appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return folder
    }

    @Test("every *.mustache below a folder is a template, named by its path")
    func readsFolder() throws {
        let folder = try Self.folder([
            "pages/trends.mustache": "{{<layouts/page}}{{$main}}{{title}}{{/main}}{{/layouts/page}}",
            "layouts/page.mustache": "<p>{{$main}}{{/main}}</p>", "feeds/list.xml.mustache": "<t>{{title}}</t>",
            "pages/.#trends.mustache": "{{", "notes.txt": "{{", "pages/trends.mustache~": "{{",
        ])

        let library = try TemplateLibrary(folder: folder.path)
        var output: [UInt8] = []
        try library.bind("pages/trends", to: Sample.self).render(Sample(), into: &output)
        try library.bind("feeds/list.xml", to: Sample.self).render(Sample(), into: &output)

        #expect(String(decoding: output, as: UTF8.self) == "<p>Trends</p><t>Trends</t>")
    }

    @Test("a failure names the file where it lies")
    func namesFiles() throws {
        let folder = try Self.folder(["pages/a.mustache": "\n{{#x}}"])

        let failure = #expect(throws: TemplateFailure.self) { try TemplateLibrary(folder: folder.path) }

        #expect(failure?.description == "\(folder.path)/pages/a.mustache:2: {{#x}} is never closed")
    }

    @Test("a folder that is missing or holds no template is refused")
    func refusesFolders() throws {
        let empty = try Self.folder(["readme.txt": ""])

        let missing = #expect(throws: TemplateFailure.self) { try TemplateLibrary(folder: empty.path + "/none") }
        let nothing = #expect(throws: TemplateFailure.self) { try TemplateLibrary(folder: empty.path) }

        #expect(missing?.description == "\(empty.path)/none: there is no such folder of templates")
        #expect(nothing?.description == "\(empty.path): the folder holds no *.mustache file")
    }

    @Test("one template renders the same bytes in many tasks at once")
    func rendersConcurrently() async throws {
        let source = "{{#cards}}<p>{{title}} {{frame.user}}{{#tags}} {{.}}{{/tags}}</p>{{/cards}}"
        let template = try TemplateLibrary(files: ["page": Array(source.utf8)]).bind("page", to: Sample.self)

        let pages = await withTaskGroup(of: [UInt8].self, returning: Set<[UInt8]>.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    var output: [UInt8] = []
                    for _ in 0..<20 { template.render(Sample(), into: &output) }
                    return output
                }
            }
            return await group.reduce(into: []) { $0.insert($1) }
        }

        #expect(pages.count == 1)
        #expect(pages.first?.count == 20 * "<p>one Ann a b</p><p>two Ann</p>".utf8.count)
    }
}
