import Core
import Hummingbird
import NIOPosix

/// How a text will look: by the same renderer that makes the pages.
struct PreviewRoutes: Sendable {
    let boards: any IdeaboardReading
    let markdown: any MarkdownRendering
    let rendering: any PageRendering

    var endpoints: [Endpoint] {
        [
            Endpoint(
                whole: .post, APIRoute.markdownPreview.path, for: .user(.ideaboardsRead),
                "Renders Markdown; the editor's form is answered with the editor and the preview beside it.",
                .value(Preview.shape.schema, example: Preview.shape.example), describing: PreviewInput.self, preview
            ).showing()
        ]
    }

    @Sendable func preview(_ call: Call) async throws -> Response {
        let raw = try await RawInput.read(call.request, call.visit, bodyLimit: BoardRoutes.bodyLimit)
        if case .form(let fields) = raw.body { return try await page(fields, raw, call) }
        let text = try InputReader.read(PreviewInput.self, from: raw).content
        let html = try await NIOThreadPool.singleton.runIfActive { [markdown] in try markdown.html(ofMarkdown: text) }
        return Reply(Answer(Preview(html: html))).response()
    }

    private func page(_ fields: [String: [String]], _ raw: RawInput, _ call: Call) async throws -> Response {
        var problems: [ValidationError] = []
        do {
            _ = try InputReader.read(PreviewInput.self, from: raw)
        } catch let failure {
            problems = failure.details
        }
        let typed = WrongForm(fields: fields, cause: APIFailure.invalid(problems), problems: problems)
        guard let board = IdeaboardID(typed["board"]), let owner = try await boards.owner(of: call) else {
            let others = problems.filter { $0.field != "board" }
            throw APIFailure.invalid(others + [ValidationError(field: "board", rule: "must be the id of the board")])
        }
        let form = BoardForm(board: board, base: typed["version"]) { typed[$0] }
        let page = try rendering.render(.board(.editing(form, problems: problems), owner))
        return HTMLAnswer.response(page, status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}

/// The text, among the other fields of the editor's form.
private struct PreviewInput: Input {
    let content: String

    init(_ reader: inout InputReader) {
        content = reader.optional("content", .boardContent, "Markdown, at most 256 KiB.") ?? ""
        for name in ["title", "description", "tags", "status", "version"] {
            _ = reader.optional(name, .prose(0...10_000), "Sent by the editor's form; not rendered.")
        }
        _ = reader.optional("board", InputKind<IdeaboardID>.id(), "The board whose form it is.")
    }
}

struct Preview: Sendable {
    let html: String
}

extension Preview: Described {
    static let shape = Shape<Preview>.object(
        "Preview", [Property("html", .text(like: "<h2 id=\"h-hook\">Hook</h2>"), "Safe to insert.") { $0.html }])
}
