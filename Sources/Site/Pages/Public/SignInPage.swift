import Core
import Templates

/// The sign-in form; with problems, as it answers 422.
package struct SignInPage: AddressedPage {
    package let route = Route.signIn
    let frame: PublicPageFrame
    let next: String?
    let inputs: [FormField]
    let problems: [FormProblem]
    let issuer: IssuerLink?

    /// `next` is the path to show after signing in; `problems` name `email`, `password`, or no field of the form.
    package init(
        frame: PublicPageFrame, email: String = "", next: String? = nil, issuer: String? = nil,
        problems: [ValidationError] = []
    ) {
        self.frame = frame.showing("Sign in")
        self.next = next
        self.issuer = issuer.map { IssuerLink(name: $0, next: next) }
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
            Field.optional("issuer") { $0.issuer }
            Field.list("inputs") { $0.inputs }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
        }
    }
}

/// Leads to somebody else who can sign people in. A link, since browsers do not let a form of ours end at other sites.
struct IssuerLink: Templated {
    let name: String
    let link: Link

    init(name: String, next: String?) {
        self.name = name
        let query = next.map { "?next=" + Self.encoded($0) } ?? ""
        link = Link(path: APIRoute.issuer.path + query)
    }

    /// A value of a query: everything but letters, digits and `-._~/` percent-encoded.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static var fields: Fields<IssuerLink> {
        Fields {
            Field.text("name") { $0.name }
            Field.link("link") { $0.link }
        }
    }
}
