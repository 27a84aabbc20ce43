/// Turns the pieces of a template into steps for one type: every name, kind and place is checked here, so that
/// rendering cannot fail.
struct Binder {
    private let scope: Scope
    private var markup: Markup
    private var steps: [Step] = []
    /// Text not yet made into a step: neighbours are joined.
    private var literal: [UInt8] = []
    /// How many values are shown at once where sections are deepest.
    private(set) var depth: Int

    init(scope: Scope, markup: Markup) {
        (self.scope, self.markup, depth) = (scope, markup, scope.depth)
    }

    /// The step that renders all pieces, and what the reader of markup knows after them.
    mutating func bind(_ pieces: [Piece]) throws(TemplateFailure) -> (step: Step, markup: Markup) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes, let place):
                try markup.read(bytes, place)
                literal += bytes
            case .value(let name, let isRaw, let place): try bindValue(name, isRaw, place)
            case .section(let name, let isInverted, let body, let place):
                add(try bindSection(name, isInverted, body, place))
            }
        }
        if !literal.isEmpty { steps.append(.literal(literal)) }
        return (Step.sequence(steps[...]), markup)
    }

    private mutating func add(_ step: Step) {
        steps.append(step.after(literal))
        literal = []
    }

    private mutating func bindValue(_ name: String, _ isRaw: Bool, _ place: Place) throws(TemplateFailure) {
        let found = try scope.resolve(name, place)
        let kind = found.member.kind
        guard let write = found.member.write else {
            throw place.failure("'\(name)' is \(kind.noun): write {{#\(name)}}…{{/\(name)}}")
        }
        guard scope.isPresent(found) else { throw scope.absent(name, found, place) }
        let tag = ValueTag(name: name, isRaw: isRaw, kind: kind, language: markup.language)
        let spot = try markup.spot(of: (isRaw ? Sigil.raw : .value).written(name), place)
        add(.value(at: found.level, write(try tag.writing(at: spot, place))))
    }
}

extension Binder {
    private mutating func bindSection(
        _ name: String, _ isInverted: Bool, _ pieces: [Piece], _ place: Place
    ) throws(TemplateFailure) -> Step {
        let tag = (isInverted ? Sigil.inverted : .section).written(name)
        let found = try scope.resolve(name, place)
        let (member, kind) = (found.member, found.member.kind)
        try markup.boundary(of: tag, place)
        if let isThere = member.isThere, isInverted || member.branch == nil {
            let inner = isInverted ? scope : scope.knowing(found)
            let body = try body(of: tag, pieces, inner, place, repeats: false)
            return body.when(!isInverted, at: found.level, isThere)
        }
        guard let branch = member.branch, !isInverted else {
            let kinds = "a section needs a flag, a list, or what may be absent"
            throw place.failure("'\(name)' is \(kind.noun), always there: \(kinds)")
        }
        let inner = try scope.knowing(found).inside(branch, place)
        let body = try body(of: tag, pieces, inner, place, repeats: kind.repeats)
        return .inside(branch.visit, from: found.level, to: inner.depth - 1, body)
    }

    /// The body may be skipped, so the markup after it must fit the markup before it; where it is repeated, the body
    /// must also be right when it follows itself.
    private mutating func body(
        of tag: String, _ pieces: [Piece], _ scope: Scope, _ place: Place, repeats: Bool
    ) throws(TemplateFailure) -> Step {
        let before = markup
        for _ in 1...2 {
            var binder = Binder(scope: scope, markup: markup)
            var (step, after) = try binder.bind(pieces)
            depth = max(depth, binder.depth)
            try after.boundary(of: tag, place)
            guard let joined = before.joined(with: after) else {
                throw place.failure("\(tag) begins \(before.description) and ends \(after.description)")
            }
            let isSettled = joined.state == markup.state
            markup = joined
            if isSettled || !repeats { return step }
        }
        throw place.failure("\(tag) does not leave the tag around it as it found it")
    }
}
