import Core
import Templates

/// The sign-in form; with problems, as it answers 422.
package struct SignInPage: AddressedPage {
    package let route = Route.signIn
    let frame: PublicPageFrame
    let next: String?
    let inputs: [FormField]
    let problems: [FormProblem]

    /// `next` is the path to show after signing in; `problems` name `email`, `password`, or no field of the form.
    package init(frame: PublicPageFrame, email: String = "", next: String? = nil, problems: [ValidationError] = []) {
        self.frame = frame.showing("Sign in")
        self.next = next
        inputs = [
            FormField(name: "email", label: "E-mail", type: "email", value: email, autocomplete: "username"),
            FormField(name: "password", label: "Password", type: "password", autocomplete: "current-password"),
        ].map { $0.with(problems) }
        self.problems = FormProblem.all(problems, in: inputs)
    }

    package static var fields: Fields<SignInPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.optionalText("next") { $0.next }
            Field.list("inputs") { $0.inputs }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}
