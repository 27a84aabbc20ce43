import Core
import Templates

/// One form about an account as a whole page: behind a mail's link, or filled in wrongly (422).
package struct AccountFormPage: Templated {
    let frame: PublicPageFrame
    let words: Words
    let action: Link
    let sendsFile: Bool
    let hidden: [NamedValue]
    let inputs: [FormField]
    let choices: [Choice]
    let problems: [FormProblem]

    /// What stands around the inputs.
    struct Words: Sendable {
        let title: String
        let intro: String
        let button: String
    }

    /// A box to tick.
    struct Choice: Templated {
        let name: String
        let value: String
        /// What is chosen, in words.
        let ability: String
        let isChosen: Bool

        static var fields: Fields<Choice> {
            Fields {
                Field.text("name") { $0.name }
                Field.text("value") { $0.value }
                Field.text("ability") { $0.ability }
                Field.flag("isChosen") { $0.isChosen }
            }
        }
    }

    package init(frame: PublicPageFrame, _ form: AccountForm, problems: [ValidationError] = []) {
        words = form.words
        self.frame = frame.showing(words.title)
        (action, sendsFile) = (Link(path: form.address.path), form.sendsFile)
        hidden = form.hidden
        inputs = form.inputs.map { $0.with(problems) }
        choices = form.choices
        self.problems = FormProblem.all(problems, in: inputs)
    }

    package static var fields: Fields<AccountFormPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.text("title") { $0.words.title }
            Field.text("intro") { $0.words.intro }
            Field.text("button") { $0.words.button }
            Field.link("action") { $0.action }
            Field.flag("sendsFile") { $0.sendsFile }
            Field.list("hidden") { $0.hidden }
            Field.list("inputs") { $0.inputs }
            Field.flag("hasChoices") { !$0.choices.isEmpty }
            Field.list("choices") { $0.choices }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}
