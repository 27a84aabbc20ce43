import Core
import Templates

/// The sign-up form; with problems, as it answers 422; when sign-up is closed, a sentence in its place.
package struct SignUpPage: AddressedPage {
    package let route = Route.signUp
    let frame: PublicPageFrame
    let isOpen: Bool
    private var inputs: [FormField]
    private var problems: [FormProblem]

    /// `problems` name `name`, `email`, `password`, or no field of the form.
    package init(
        frame: PublicPageFrame, isOpen: Bool, email: String = "", name: String = "", problems: [ValidationError] = []
    ) {
        self.frame = frame.showing("Create an account")
        self.isOpen = isOpen
        inputs = [
            FormField(name: "name", label: "Name", value: name, autocomplete: "name", isRequired: false),
            FormField(name: "email", label: "E-mail", type: "email", value: email, autocomplete: "email"),
            FormField(
                name: "password", label: "Password", type: "password", autocomplete: "new-password",
                hint: "A sentence only you would think of is better than a word with digits."),
        ].map { $0.with(problems) }
        self.problems = FormProblem.all(problems, in: inputs)
    }

    /// Adds the field for the code that `kapture serve` printed, which only the very first account may need.
    mutating func askForCode(_ all: [ValidationError]) {
        let code = FormField(
            name: "code", label: "Set-up code", autocomplete: "one-time-code",
            hint: "The terminal in which kapture serve was started shows it.")
        inputs.append(code.with(all))
        problems = FormProblem.all(all, in: inputs)
    }

    package static var fields: Fields<SignUpPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.flag("isOpen") { $0.isOpen }
            Field.list("inputs") { $0.inputs }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}
