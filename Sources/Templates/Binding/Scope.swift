/// The names that can be written at a place of a template: the page's fields, and those of each section around the place.
struct Scope {
    /// A name that was found.
    struct Found {
        let member: Member
        /// At which level the value lies that has it.
        let level: Int
        /// Tells apart equal names of different sections: the level of the section, then the name.
        let key: String
    }

    /// The page first, the innermost section last.
    private var levels: [FieldTable]
    /// What `{{.}}` means.
    private var current: Found?
    /// Keys of what may be absent, and is there because its section encloses this place.
    private var present: Set<String> = []

    /// The scope of a whole page.
    init(_ fields: FieldTable, _ place: Place) throws(TemplateFailure) {
        try Self.check(fields, place)
        levels = [fields]
    }

    /// How many values are shown at once here.
    var depth: Int { levels.count }

    private static func check(_ fields: FieldTable, _ place: Place) throws(TemplateFailure) {
        guard let name = fields.misnamed else { return }
        throw place.failure("\(fields.owner) lists the field '\(name)', which is no name or is listed twice")
    }

    /// The scope inside a section that goes into `branch`: its fields first, then all that is known here.
    func inside(_ branch: Member.Branch, _ place: Place) throws(TemplateFailure) -> Scope {
        let fields = branch.fields()
        try Self.check(fields, place)
        var scope = self
        scope.levels.append(fields)
        scope.current = fields["."] == nil ? nil : scope.find(".")
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
            throw place.failure("unknown name '\(parts[0])'; \(known)")
        }
        for part in parts.dropFirst() {
            guard let branch = found.member.branch, !found.member.kind.repeats else {
                throw place.failure("'\(name)': there is nothing inside \(found.member.kind.noun)")
            }
            guard isPresent(found) else { throw absent(name, found, place) }
            let fields = branch.fields()
            guard let member = fields[part] else { throw place.failure("unknown name '\(part)'; \(fields)") }
            found = Found(member: member.reached(by: branch.visit), level: found.level, key: "\(found.key).\(part)")
        }
        return found
    }

    private func find(_ name: String) -> Found? {
        for level in levels.indices.reversed() {
            guard let member = levels[level][name] else { continue }
            return Found(member: member, level: level, key: "\(level):\(name)")
        }
        return nil
    }

    /// Innermost first: `TrendCard has: title, url; TrendsPage has: cards`.
    private var known: String {
        levels.reversed().filter { !$0.isBare }.map(\.description).joined(separator: "; ")
    }

    func absent(_ name: String, _ found: Found, _ place: Place) -> TemplateFailure {
        let section = String(found.key.drop { $0 != ":" }.dropFirst())
        let what = name == section ? "'\(name)'" : "'\(name)': \(section)"
        return place.failure("\(what) may be absent: put this inside {{#\(section)}}…{{/\(section)}}")
    }
}
