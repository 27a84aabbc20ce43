/// What writes the value of a field, for the place where its tag stands.
enum Writers {
    static func text(_ read: @escaping Member.Reading<String>, _ writing: Writing) -> Member.Writer {
        switch writing {
        case .markup, .ownAddress: { owner, output in output.append(markup: read(owner)) }
        case .xml: { owner, output in output.append(xml: read(owner)) }
        case .percent: { owner, output in output.append(percent: read(owner)) }
        case .plain, .html: { owner, output in output.append(plain: read(owner)) }
        }
    }

    /// HTML as it is; in XML escaped, as the text of an element with `type="html"`.
    static func html(_ read: @escaping Member.Reading<SafeHTML>, _ writing: Writing) -> Member.Writer {
        guard writing == .html else {
            return text({ String(decoding: read($0).bytes, as: UTF8.self) }, writing)
        }
        return { owner, output in output.append(contentsOf: read(owner).bytes) }
    }

    /// A link, which was checked when it was made; where code is loaded from, only our own.
    static func link(_ read: @escaping Member.Reading<Link>, _ writing: Writing) -> Member.Writer {
        guard writing == .ownAddress else { return text({ read($0).text }, writing) }
        return { owner, output in
            let link = read(owner)
            if link.isOwn { output.append(markup: link.text) }
        }
    }

    static func reached(by visit: @escaping Member.Visit, _ write: @escaping Member.Writer) -> Member.Writer {
        { owner, output in visit(owner) { write($0, &output) } }
    }
}
