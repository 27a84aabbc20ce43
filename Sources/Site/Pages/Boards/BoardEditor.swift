import Core
import Templates

/// The form in which a board is written; on the page of a conflict it saves nothing by itself.
struct BoardEditor: Templated {
    private let form: BoardForm
    private let inputs: [FormField]
    private let contentProblem: String?
    private let problems: [FormProblem]
    private let statuses: [BoardChoice]
    private var isJoining = false

    init(_ form: BoardForm, problems: [ValidationError], isJoining: Bool = false) {
        (self.form, self.isJoining) = (form, isJoining)
        let shown = BoardEditor.inputs(form).map { $0.with(problems) }
        let content = FormField(name: "content", label: "Text", autocomplete: "off").with(problems)
        let status = FormField(name: "status", label: "Status", autocomplete: "off")
        (inputs, contentProblem) = (shown, content.problem)
        self.problems = FormProblem.all(problems, in: shown + [content, status])
        statuses = IdeaboardStatus.allCases.map {
            BoardChoice(value: $0.rawValue, name: $0.name, isChosen: $0.rawValue == form.status)
        }
    }

    private static func inputs(_ form: BoardForm) -> [FormField] {
        [
            FormField(name: "title", label: "Title", value: form.title, autocomplete: "off"),
            FormField(
                name: "description", label: "Description", value: form.description, autocomplete: "off",
                isRequired: false),
            FormField(
                name: "tags", label: "Tags", value: form.tags, autocomplete: "off", isRequired: false,
                hint: "Between commas."),
        ]
    }

    static var fields: Fields<BoardEditor> {
        Fields {
            Field.text("board") { $0.form.board.rawValue }
            Field.text("base") { $0.form.base }
            Field.text("content") { $0.form.content }
            Field.link("save") { Link(path: APIRoute.ideaboardForm(.save, $0.form.board).path) }
            Field.link("preview") { _ in Link(path: APIRoute.markdownPreview.path) }
            Field.flag("isJoining") { $0.isJoining }
            Field.list("inputs") { $0.inputs }
            Field.list("statuses") { $0.statuses }
            Field.optionalText("contentProblem") { $0.contentProblem }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}

/// One option of a select or a list of boxes.
struct BoardChoice: Templated {
    let value: String
    let name: String
    var isChosen = false

    static var fields: Fields<BoardChoice> {
        Fields {
            Field.text("value") { $0.value }
            Field.text("name") { $0.name }
            Field.flag("isChosen") { $0.isChosen }
        }
    }
}
