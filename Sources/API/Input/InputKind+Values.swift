import Core

extension InputKind where Value == String {
    /// So many Unicode scalars, trimmed at both ends; what is trimmed counts, too. NUL is refused everywhere.
    static func text(_ length: ClosedRange<Int>) -> InputKind {
        InputKind(
            schema: { .text(length, pattern: length.lowerBound > 0 ? visiblePattern : #"^[^\u0000]*$"#) },
            example: { ("Text", .text("Text")) },
            read: { raw throws(Misfit) in
                let typed = try plain(raw)
                let isTooLong = typed.unicodeScalars.count > length.upperBound
                return try checked(isTooLong ? typed : FieldText.trimmed(typed), length)
            })
    }

    private static var visiblePattern: String { #"^[^\u0000]*[^\u0000\#(CharacterClass.space)][^\u0000]*$"# }

    /// Told with a pattern of what is left once it is trimmed.
    func matching(_ pattern: String) -> InputKind {
        let space = "[\(CharacterClass.space)]*"
        return described("pattern", .text("^\(space)\(pattern)\(space)$"))
    }

    /// As it was written, line breaks and spaces at its ends included; line breaks are `\n`.
    static func prose(_ length: ClosedRange<Int>) -> InputKind {
        InputKind(
            schema: { .text(length, pattern: #"^[^\u0000]*$"#) }, example: { ("Text", .text("Text")) },
            read: { raw throws(Misfit) in
                let text = try plain(raw)
                guard text.utf8.contains(0x0D) else { return try checked(text, length) }
                let lines = text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\r" }
                return try checked(lines.joined(separator: "\n"), length)
            })
    }

    private static func plain(_ raw: RawValue) throws(Misfit) -> String {
        let text = try raw.single()
        if let text { return try refusingNUL(text) }
        guard case .json(.text(let text)) = raw else { throw Misfit("must be text") }
        return try refusingNUL(text)
    }

    private static func refusingNUL(_ text: String) throws(Misfit) -> String {
        guard !text.utf8.contains(0) else { throw Misfit("must not contain NUL characters") }
        return text
    }

    private static func checked(_ text: String, _ length: ClosedRange<Int>) throws(Misfit) -> String {
        let count = text.unicodeScalars.count
        guard count > 0 || length.contains(0) else { throw Misfit("must not be empty") }
        guard length.contains(count) else { throw Misfit("must be \(Misfit.span(length)) characters long") }
        return text
    }
}

extension InputKind where Value == Int64 {
    static func integer(_ range: ClosedRange<Int64>) -> InputKind {
        InputKind(
            schema: { .integer(range) }, example: { (range.lowerBound, .integer(range.lowerBound)) },
            read: { raw throws(Misfit) in
                let value = try whole(raw)
                guard let value else { throw Misfit("must be a whole number") }
                guard range.contains(value) else { throw Misfit("must be \(range.lowerBound) to \(range.upperBound)") }
                return value
            })
    }

    /// JSON Schema counts 3.0 among the whole numbers.
    private static func whole(_ raw: RawValue) throws(Misfit) -> Int64? {
        if let text = try raw.single() { return text.hasPrefix("+") ? nil : Int64(text) }
        switch raw {
        case .json(.integer(let value)): return value
        case .json(.number(let value)): return Int64(exactly: value)
        case .json(.digits(let digits)): return digits.hasPrefix("-") ? .min : .max
        default: return nil
        }
    }
}

extension InputKind where Value == Bool {
    /// `true` or `false`; a form's checkbox also sends `on`.
    static var bool: InputKind {
        InputKind(
            schema: { .bool }, example: { (true, .bool(true)) },
            read: { raw throws(Misfit) in
                if let text = try raw.single() {
                    guard ["true", "false", "on"].contains(text) else { throw Misfit("must be true or false") }
                    return text != "false"
                }
                guard case .json(.bool(let value)) = raw else { throw Misfit("must be true or false") }
                return value
            })
    }
}

extension InputKind {
    /// One of the enumeration's raw values.
    static func choice() -> InputKind where Value: RawRepresentable<String> & CaseIterable {
        let cases = Array(Value.allCases)
        return InputKind(
            schema: { .choice(cases.map(\.rawValue)) }, example: { (cases[0], .text(cases[0].rawValue)) },
            read: { raw throws(Misfit) in
                var text = try raw.single()
                if case .json(.text(let value)) = raw { text = value }
                guard let value = text.flatMap(Value.init(rawValue:)) else {
                    throw Misfit("must be one of " + cases.map(\.rawValue).joined(separator: ", "))
                }
                return value
            })
    }

    static func id<Entity>() -> InputKind where Value == Identifier<Entity> {
        let example = "01990000-0000-7000-8000-000000000001"
        return InputKind(
            schema: { .text(36...36, format: "uuid", pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$") },
            example: { (Identifier(rawValue: example), .text(example)) },
            read: { raw throws(Misfit) in
                var text = try raw.single()
                if case .json(.text(let value)) = raw { text = value }
                guard let id = text.flatMap({ Identifier<Entity>($0) }) else {
                    throw Misfit("must be an id such as \(example)")
                }
                return id
            })
    }

    /// An array of JSON; forms and queries send the field once for each element. Where there need be none, empty ones are
    /// left out.
    static func list<Element>(of element: InputKind<Element>, _ count: ClosedRange<Int>) -> InputKind
    where Value == [Element] {
        let wrongCount = "must have \(Misfit.span(count)) entries"
        return InputKind(
            schema: { .list(of: element.schema(), count) },
            example: {
                let (value, json) = element.example()
                return ([value], .array([json]))
            },
            read: { raw throws(Misfit) in
                let values: [RawValue]
                switch raw {
                case .texts(let texts):
                    guard texts.count <= count.upperBound else { throw Misfit(wrongCount) }
                    values = texts.filter { count.lowerBound > 0 || !$0.isEmpty }.map { .texts([$0]) }
                case .json(.array(let elements)): values = elements.map(RawValue.json)
                case .json: throw Misfit("must be a list")
                }
                guard count.contains(values.count) else { throw Misfit(wrongCount) }
                return try elements(values, element)
            })
    }

    private static func elements<Element>(
        _ values: [RawValue], _ kind: InputKind<Element>
    ) throws(Misfit) -> [Element] {
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            do {
                elements.append(try kind.read(value))
            } catch {
                throw Misfit(error.rule, at: "[\(index)]" + error.place)
            }
        }
        return elements
    }
}

extension Misfit {
    fileprivate static func span<Bound: BinaryInteger>(_ range: ClosedRange<Bound>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (let low, let high) where low == high: "\(low)"
        case (0, let high): "at most \(high)"
        case (let low, let high): "\(low) to \(high)"
        }
    }
}
