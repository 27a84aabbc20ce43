import Templates

/// A page with every kind of field, for the tests to show.
struct Sample: Templated {
    var title = "Trends"
    var count = 42
    var views: Int64 = -9_007_199_254_740_993
    var author: String?
    var chart = SafeHTML(trusted: "<svg></svg>")
    var note: SafeHTML?
    var address = Link(path: "/trends/1/")
    var source: Link?
    var isNew = true
    var isOld = false
    var frame = Frame()
    var score: Score?
    var cards = [Card(title: "one", tags: ["a", "b"]), Card(title: "two", tags: [])]
    var empty: [Card] = []
    var tags = ["red", "green"]

    static var fields: Fields<Sample> {
        Fields {
            Field.text("title") { $0.title }
            Field.number("count") { $0.count }
            Field.number("views") { $0.views }
            Field.optionalText("author") { $0.author }
            Field.html("chart") { $0.chart }
            Field.optionalHTML("note") { $0.note }
            Field.link("address") { $0.address }
            Field.optionalLink("source") { $0.source }
            Field.flag("isNew") { $0.isNew }
            Field.flag("isOld") { $0.isOld }
            Field.one("frame") { $0.frame }
            Field.optional("score") { $0.score }
            Field.list("cards") { $0.cards }
            Field.list("empty") { $0.empty }
            Field.texts("tags") { $0.tags }
        }
    }

    struct Frame: Templated {
        var user = "Ann"
        var theme: String?
        var inner = Score(label: "8.2x")

        static var fields: Fields<Frame> {
            Fields {
                Field.text("user") { $0.user }
                Field.optionalText("theme") { $0.theme }
                Field.one("inner") { $0.inner }
            }
        }
    }

    struct Score: Templated {
        var label: String
        var why: String?

        static var fields: Fields<Score> {
            Fields {
                Field.text("label") { $0.label }
                Field.optionalText("why") { $0.why }
            }
        }
    }

    struct Card: Templated {
        var title: String
        var tags: [String]
        var author: String?
        var replies: [Card] = []

        static var fields: Fields<Card> {
            Fields {
                Field.text("title") { $0.title }
                Field.texts("tags") { $0.tags }
                Field.optionalText("author") { $0.author }
                Field.list("replies") { $0.replies }
            }
        }
    }
}

/// What a template, with other files beside it, shows of a page.
func shown(
    _ template: String, of page: Sample = Sample(), as name: String = "page", with files: [String: String] = [:]
) throws -> String {
    let library = try TemplateLibrary(files: files.merging([name: template]) { $1 }.mapValues { Array($0.utf8) })
    var output: [UInt8] = []
    try library.bind(name, to: Sample.self).render(page, into: &output)
    return String(decoding: output, as: UTF8.self)
}

/// What the library or the binder says against a template; nil when it accepts it.
func refusal(
    of template: String, as name: String = "page", with files: [String: String] = [:]
) -> String? {
    do {
        _ = try shown(template, as: name, with: files)
        return nil
    } catch let failure as TemplateFailure {
        return failure.description
    } catch {
        return "\(error)"
    }
}
