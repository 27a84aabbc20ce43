extension Step where Context: Copyable {
    /// Text, written for the place where its tag stands.
    static func text(_ read: @escaping @Sendable (Context) -> String, _ writing: Writing) -> Step {
        switch writing {
        case .markup, .ownAddress: Step { context, output in output.append(markup: read(context)) }
        case .xml: Step { context, output in output.append(xml: read(context)) }
        case .percent: Step { context, output in output.append(percent: read(context)) }
        case .plain, .html: Step { context, output in output.append(plain: read(context)) }
        }
    }

    /// A number needs no escaping anywhere.
    static func number(_ read: @escaping @Sendable (Context) -> Int64) -> Step {
        Step { context, output in output.append(number: read(context)) }
    }

    /// HTML as it is; in XML escaped, as the text of an element with `type="html"`.
    static func html(_ read: @escaping @Sendable (Context) -> SafeHTML, _ writing: Writing) -> Step {
        guard writing == .html else {
            return text({ String(decoding: read($0).bytes, as: UTF8.self) }, writing)
        }
        return Step { context, output in output.append(contentsOf: read(context).bytes) }
    }

    /// A link, which was checked when it was made; where code is loaded from, only our own.
    static func link(_ read: @escaping @Sendable (Context) -> Link, _ writing: Writing) -> Step {
        guard writing == .ownAddress else { return text({ read($0).text }, writing) }
        return Step { context, output in
            let link = read(context)
            if link.isOwn { output.append(markup: link.text) }
        }
    }
}
