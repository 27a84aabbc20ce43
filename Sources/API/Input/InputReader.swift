import Core

/// What a handler is given of a request, read and checked as a whole.
///
/// `init` asks the reader for every field it knows, always the same ones: it is also run without a request, to describe
/// the route. Wrong fields are noted and an example stands in for them, so that all of them are found at once.
protocol Input: Sendable {
    init(_ reader: inout InputReader)
}

/// The input of a route that takes none.
struct NoInput: Input {
    init(_ reader: inout InputReader) {}
}

/// A field that is left alone when it is absent, and emptied by null (or by an empty field of a form).
enum Edited<Value: Sendable>: Sendable {
    case keep
    case clear
    case set(Value)
}

/// Reads fields by name and kind, and remembers what was wrong and what was asked for.
struct InputReader {
    /// `nil` when only the description is wanted.
    private let raw: RawInput?
    private(set) var described: [InputField] = []
    private(set) var problems: [ValidationError] = []
    private(set) var isMissing = false
    private var known: [Place: Set<String>] = [:]

    private enum Place: Hashable { case query, body }

    /// Whether a field must be there; if not, whether it may be empty, or null, all the same.
    private enum Presence { case required, full, optional, nullable }

    private init(_ raw: RawInput?) {
        self.raw = raw
    }

    /// The fields that an input asks for.
    static func fields<In: Input>(of type: In.Type) -> [InputField] {
        var reader = InputReader(nil)
        _ = In(&reader)
        return reader.described
    }

    /// Reads the input, or throws every problem at once; a malformed id in the path is 404.
    static func read<In: Input>(_ type: In.Type, from raw: RawInput) throws(APIFailure) -> In {
        var reader = InputReader(raw)
        let input = In(&reader)
        guard !reader.isMissing else { throw .notFound }
        reader.noteUnknownFields()
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
        return input
    }

    /// A problem that no single field's kind can find.
    mutating func note(_ field: String, _ rule: String) {
        guard raw != nil else { return }
        problems.append(ValidationError(field: field, rule: rule))
    }

    // MARK: Places

    /// A part of the path.
    mutating func path<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String = "") -> Value {
        describe(name, .path, kind, about, .required)
        guard let raw else { return kind.example().value }
        guard let text = raw.path[name], let value = try? kind.read(.texts([text])) else {
            isMissing = true
            return kind.example().value
        }
        return value
    }

    /// A parameter of the query; an empty one counts as absent.
    mutating func query<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String) -> Value? {
        describe(name, .query, kind, about, .optional)
        known[.query, default: []].insert(name)
        guard let texts = raw?.query[name], texts != [""] else { return nil }
        return value(.texts(texts), name, kind)
    }

    /// A field of the body that must be there.
    mutating func required<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String) -> Value {
        describe(name, .body, kind, about, .required)
        guard let given = given(name) else {
            note(name, "is missing")
            return kind.example().value
        }
        return value(given, name, kind) ?? kind.example().value
    }

    /// A field of the body that may be absent, but not null; an empty field of a form counts as absent.
    mutating func optional<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String) -> Value? {
        describe(name, .body, kind, about, .optional)
        guard let given = given(name) else { return nil }
        if case .texts(let texts) = given, texts == [""] { return nil }
        return value(given, name, kind)
    }

    /// A field of the body that may be absent (nothing changes) or null (it is emptied).
    mutating func edited<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String) -> Edited<Value> {
        describe(name, .body, kind, about, .nullable)
        guard let given = given(name) else { return .keep }
        switch given {
        case .json(.null): return .clear
        case .texts(let texts) where texts == [""]: return .clear
        default: return value(given, name, kind).map(Edited.set) ?? .keep
        }
    }

    /// A field of the body that may be absent (nothing changes), but neither null nor empty.
    mutating func changed<Value>(_ name: String, _ kind: InputKind<Value>, _ about: String) -> Value? {
        describe(name, .body, kind, about, .full)
        return given(name).flatMap { value($0, name, kind) }
    }

    /// `page` and `limit` of a list.
    mutating func paging() -> Paging {
        let page = query("page", .integer(Paging.pages), "Which page, counted from 1.")
        let limit = query("limit", .integer(Paging.limits), "How many entries a page has; 20 unless told.")
        return Paging(page: page ?? 1, limit: limit ?? Paging.defaultLimit)
    }

    // MARK: Reading

    private mutating func given(_ name: String) -> RawValue? {
        known[.body, default: []].insert(name)
        switch raw?.body {
        case .form(let fields): return fields[name].map(RawValue.texts)
        case .json(let members): return members[name].map(RawValue.json)
        default: return nil
        }
    }

    private mutating func value<Value>(_ raw: RawValue, _ name: String, _ kind: InputKind<Value>) -> Value? {
        do {
            return try kind.read(raw)
        } catch {
            note(name + error.place, error.rule)
            return nil
        }
    }

    private mutating func describe<Value>(
        _ name: String, _ place: InputField.Place, _ kind: InputKind<Value>, _ about: String, _ rule: Presence
    ) {
        guard raw == nil else { return }
        let schema = rule == .nullable ? kind.schema().orNull : kind.schema()
        described.append(
            InputField(
                name: name, place: place, about: about, isRequired: rule == .required,
                takesEmpty: [.optional, .nullable].contains(rule), schema: schema, example: kind.example().json))
    }

    private mutating func noteUnknownFields() {
        let query = raw?.query.keys.map { (Place.query, $0) } ?? []
        var body: [(Place, String)] = []
        switch raw?.body {
        // A form may say where to go afterwards.
        case .form(let fields): body = fields.keys.filter { $0 != NextAddress.field }.map { (.body, $0) }
        case .json(let members): body = members.keys.map { (.body, $0) }
        default: break
        }
        for (place, name) in (query + body).sorted(by: { $0.1 < $1.1 }) where known[place]?.contains(name) != true {
            problems.append(.unknown(name))
        }
    }
}

/// A field as the document tells it.
struct InputField: Sendable {
    enum Place: String, Sendable { case path, query, body }

    let name: String
    let place: Place
    let about: String
    let isRequired: Bool
    /// Whether an empty text of a form or query stands for nothing, which it may be.
    let takesEmpty: Bool
    let schema: Schema
    let example: JSON
}
