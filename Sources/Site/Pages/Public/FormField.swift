import Core
import Templates

/// A labelled input with its hint and what is wrong with what was typed.
struct FormField: Templated {
    let name: String
    let label: String
    var type = "text"
    var value = ""
    let autocomplete: String
    var isRequired = true
    var hint: String?
    /// The types of a file.
    var accept: String?
    private(set) var problem: String?
    /// Apart from the name where several forms are on one page.
    private(set) var form = ""

    /// The same field with the first of `problems` that concerns it.
    func with(_ problems: [ValidationError]) -> FormField {
        var field = self
        field.problem = problems.first { $0.field == name }.map { "\(label) \($0.rule)." }
        return field
    }

    /// The same field in the form of this id.
    func within(_ form: String) -> FormField {
        var field = self
        field.form = form + "-"
        return field
    }

    private var id: String { form + name }

    /// Ids of what describes the input.
    private var described: String? {
        let ids = [hint.map { _ in "\(id)-hint" }, problem.map { _ in "\(id)-problem" }].compactMap { $0 }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    static var fields: Fields<FormField> {
        Fields {
            Field.text("id") { $0.id }
            Field.text("name") { $0.name }
            Field.text("label") { $0.label }
            Field.text("type") { $0.type }
            Field.text("value") { $0.value }
            Field.text("autocomplete") { $0.autocomplete }
            Field.optionalText("accept") { $0.accept }
            Field.flag("isRequired") { $0.isRequired }
            Field.optionalText("hint") { $0.hint }
            Field.optionalText("problem") { $0.problem }
            Field.optionalText("described") { $0.described }
        }
    }
}

/// One thing that is wrong with a form, with a link to its field where there is one.
struct FormProblem: Templated {
    let sentence: String
    let anchor: Link?

    /// A problem of no field of the form is a sentence of its own.
    static func all(_ problems: [ValidationError], in fields: [FormField]) -> [FormProblem] {
        problems.map { problem in
            guard let field = fields.first(where: { $0.name == problem.field }) else {
                return FormProblem(sentence: problem.rule, anchor: nil)
            }
            return FormProblem(sentence: "\(field.label) \(problem.rule).", anchor: Link(path: "#\(field.name)"))
        }
    }

    static var fields: Fields<FormProblem> {
        Fields {
            Field.text("sentence") { $0.sentence }
            Field.optionalLink("anchor") { $0.anchor }
        }
    }
}
