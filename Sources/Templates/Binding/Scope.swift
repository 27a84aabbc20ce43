/// The names that can be written at a place of a template, seen from the values that its steps get.
struct Scope<Context: SendableMetatype> {
    /// A name that was found.
    struct Found {
        let member: Member<Context>
        /// Tells apart equal names of different sections: the depth of the section, then the name.
        let key: String
    }

    private let find: (String) -> Found?
    /// Innermost first: `TrendCard has: title, url`.
    private let known: [String]
    private let depth: Int
    /// What `{{.}}` means.
    private var current: Found?
    /// Keys of what may be absent, and is there because its section encloses this place.
    private var present: Set<String> = []

    /// The scope of a whole page, or of a section by itself.
    init(_ fields: Fields<Context>, _ place: Place) throws(TemplateFailure) where Context: Sendable {
        try Self.check(fields, place)
        find = { name in fields[name].map { Found(member: $0, key: "0:\(name)") } }
        known = [fields.description]
        depth = 0
    }

    private init(find: @escaping (String) -> Found?, known: [String], depth: Int, present: Set<String>) {
        (self.find, self.known, self.depth, self.present) = (find, known, depth, present)
    }

    private static func check<Owner>(_ fields: Fields<Owner>, _ place: Place) throws(TemplateFailure) {
        guard let name = fields.misnamed else { return }
        throw place.failure("\(Owner.self) lists the field '\(name)', which is no name or is listed twice")
    }

    /// The scope inside a section that goes into `branch`: its fields first, then all that is known here.
    func inside<B: Branching>(_ branch: B, _ place: Place) throws(TemplateFailure) -> Scope<Nested<Context, B.Element>>
    where B.Start == Context {
        typealias Inner = Nested<Context, B.Element>
        let (fields, outer, depth) = (branch.fields(), find, depth + 1)
        try Self.check(fields, place)
        let find: (String) -> Scope<Inner>.Found? = { name in
            if let member = fields[name] {
                return Scope<Inner>.Found(member: member.reached(by: Inner.toElement), key: "\(depth):\(name)")
            }
            return outer(name).map { .init(member: $0.member.reached(by: Inner.toOuter), key: $0.key) }
        }
        let known = B.Element.self == String.self ? known : [fields.description] + known
        var scope = Scope<Inner>(find: find, known: known, depth: depth, present: present)
        scope.current = fields["."] == nil ? nil : find(".")
        return scope
    }

    /// The scope inside a section that shows `found` if it is there.
    func knowing(_ found: Found) -> Scope {
        var scope = self
        scope.present.insert(found.key)
        if found.member.kind.isValue { scope.current = found }
        return scope
    }

    func isPresent(_ found: Found) -> Bool {
        !found.member.kind.mayBeAbsent || present.contains(found.key)
    }

    /// The field that `name` means here.
    func resolve(_ name: String, _ place: Place) throws(TemplateFailure) -> Found {
        if name == "." {
            if let current { return current }
            throw place.failure("{{.}} means nothing here: it is the value of a section of text, links or HTML")
        }
        let parts = name.split(separator: ".").map(String.init)
        guard var found = find(parts[0]) else {
            throw place.failure("unknown name '\(parts[0])'; \(known.joined(separator: "; "))")
        }
        for part in parts.dropFirst() {
            guard let branch = found.member.branch, !found.member.kind.repeats else {
                throw place.failure("'\(name)': there is nothing inside \(found.member.kind.noun)")
            }
            guard isPresent(found) else { throw absent(name, found, place) }
            found = try field(part, of: branch, found, place)
        }
        return found
    }

    private func field<B: Branching>(
        _ name: String, of branch: B, _ found: Found, _ place: Place
    ) throws(TemplateFailure) -> Found where B.Start == Context {
        let fields = branch.fields()
        guard let member = fields[name] else {
            throw place.failure("unknown name '\(name)'; \(fields)")
        }
        return Found(member: member.reached(by: branch.visit), key: "\(found.key).\(name)")
    }

    func absent(_ name: String, _ found: Found, _ place: Place) -> TemplateFailure {
        let section = String(found.key.drop { $0 != ":" }.dropFirst())
        let what = name == section ? "'\(name)'" : "'\(name)': \(section)"
        return place.failure("\(what) may be absent: put this inside {{#\(section)}}…{{/\(section)}}")
    }
}
