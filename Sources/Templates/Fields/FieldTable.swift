/// The fields of one type by their names, without the type.
struct FieldTable: Sendable, CustomStringConvertible {
    /// The type's name, for failures.
    let owner: String
    let members: [(name: String, member: Member)]

    /// The fields of a text: what `{{.}}` means in a list of texts.
    static let text = FieldTable(
        owner: "String", members: [(".", .text { $0.assumingMemoryBound(to: String.self).pointee })])

    /// Whether its only name is the one that every section of a value has.
    var isBare: Bool { members.count == 1 && members[0].name == "." }

    /// Nil, or the name that is listed twice or that no template could write.
    var misnamed: String? {
        var seen: Set<String> = []
        return members.first { !seen.insert($0.name).inserted || !Name.isField($0.name) }?.name
    }

    subscript(name: String) -> Member? {
        members.first { $0.name == name }?.member
    }

    /// `TrendCard has: title, url`, for failures.
    var description: String {
        members.isEmpty ? "\(owner) has no fields" : "\(owner) has: \(members.map(\.name).joined(separator: ", "))"
    }
}
