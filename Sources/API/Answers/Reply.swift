import Core
import HTTPTypes
import Hummingbird
import NIOCore

/// A handler's answer on its way out, as middleware sees it.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var meta: AnswerMeta
    let change: Change?
    var headers: HTTPFields
    /// Set when a form asked.
    var form: Form?
    /// What a form sees at once, instead of being led somewhere.
    let shown: PageAnswer?
    private let body: Body

    /// A browser's form that is to be led somewhere; `next` is where it asked to go.
    struct Form: Sendable {
        let next: String?
    }

    private enum Body: Sendable {
        /// `page` is where a form goes.
        case value(write: @Sendable (inout JSONWriter) -> Void, page: Route?)
        case whole(Response)
    }

    init<Value>(_ answer: Answer<Value>) {
        (status, meta, change, headers) = (answer.status, answer.meta, answer.change, answer.headers)
        shown = answer.shown
        body = .value(write: { Value.shape.write(answer.value, &$0) }, page: answer.page)
    }

    /// A response that a route made itself.
    init(_ response: Response) {
        (status, meta, change, headers, shown) = (response.status, AnswerMeta(), nil, [:], nil)
        body = .whole(response)
    }

    /// What leaves: for a form the way to `next` or the handler's page, for everybody else the envelope.
    func response() -> Response {
        var response: Response
        switch body {
        case .whole(let whole):
            response = whole
        case .value(let write, let page):
            let address = form.map { $0.next ?? page?.path ?? NextAddress.fallback }
            response = address.map { .redirect(to: $0, status: .seeOther) } ?? envelope(write)
        }
        response.headers.append(contentsOf: headers)
        return response
    }

    private func envelope(_ write: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("success")
            writer.bool(true)
            writer.key("data")
            write(&writer)
            guard !meta.isEmpty else { return }
            writer.key("meta")
            AnswerMeta.shape.write(meta, &writer)
        }
        return JSONAnswer.response(bytes: writer.bytes, status: status)
    }
}
