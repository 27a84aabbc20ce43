import Foundation
import TestSupport
import Testing

/// What designers and writers get wrong stops every command at once, with the place.
@Suite("Faulty templates and texts", .timeLimit(.minutes(2)))
struct PageSourceTests {
    private func complaint(_ break: (House) throws -> Void) async throws -> String? {
        let house = try House()
        let options = try house.copyRoot()
        try `break`(house)
        let outcome = try await Program.run(["publish"] + options, in: house.path)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        return outcome.complaint?.replacing(house.path + "/root/", with: "")
    }

    @Test("An unknown name in a template names file, line, name and what exists")
    func unknownName() async throws {
        let complaint = try await complaint { house in
            try house.edit("Templates/layouts/public.mustache", "{{frame.title}}", "{{frame.titel}}")
        }

        let message = try #require(complaint)
        let place = "Error: Templates/layouts/public.mustache:4: "
        #expect(message.hasPrefix(place + "unknown name 'titel'; PublicPageFrame has: title, "), "\(message)")
    }

    @Test("A missing partial names the tag that asks for it and what exists")
    func missingPartial() async throws {
        let complaint = try await complaint { house in
            try FileManager.default.removeItem(atPath: house.path + "/root/Templates/partials/card.mustache")
        }

        let message = try #require(complaint)
        let place = #/^Error: Templates/[a-z/]+\.mustache:\d+: there is no template 'partials/card'; there are: /#
        #expect(message.contains(place), "\(message)")
    }

    @Test("A section that is not closed names its line")
    func unclosed() async throws {
        let complaint = try await complaint { house in
            try house.edit("Templates/layouts/public.mustache", "</title>", "</title>{{#open}}")
        }

        #expect(complaint == "Error: Templates/layouts/public.mustache:4: {{#open}} is never closed")
    }

    @Test("A missing Templates folder says where it was looked for; an empty one that it is empty")
    func missingFolder() async throws {
        let gone = try await complaint { house in
            try FileManager.default.removeItem(atPath: house.path + "/root/Templates")
        }
        let empty = try await complaint { house in
            try FileManager.default.removeItem(atPath: house.path + "/root/Templates")
            try FileManager.default.createDirectory(
                atPath: house.path + "/root/Templates", withIntermediateDirectories: false)
        }

        #expect(
            gone?.hasPrefix("Error: --root must name the folder that holds Templates, Content and Public; looked in ")
                == true)
        #expect(empty == "Error: Templates: the folder holds no *.mustache file")
    }

    @Test(
        "A faulty plan or page names its file, key and rule",
        arguments: [
            ("Content/Plans/free.md", "order: 1", "order: first", "order must be a whole number"),
            ("Content/Plans/free.md", "  scrapes: 60", "  scrapes: -1", "limits.scrapes must be given and at least 0"),
            (
                "Content/Plans/free.md", "  scrapes: 60", "  scrape: 60",
                "limits.scrape is not a limit; there are scrapes, downloads, ai_generations, watchlists, ideaboards, storage_gb"
            ),
            ("Content/Pages/landing.md", "title:", "titel:", "title must be text"),
            ("Content/Pages/help/feeds.md", "---\n", "", "must begin with front matter between two lines of ---"),
        ])
    func content(file: String, old: String, new: String, rule: String) async throws {
        let complaint = try await complaint { try $0.edit(file, old, new) }

        #expect(complaint == "Error: \(file): \(rule)")
    }
}
