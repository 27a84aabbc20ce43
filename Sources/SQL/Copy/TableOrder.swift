/// The order in which tables can be filled: each after those that its rows name.
struct TableOrder {
    let tables: [TableShape]
    /// Tables whose rows name rows that may come later: of themselves, or in a circle.
    let looped: [String]

    init(_ shapes: [TableShape]) {
        var (placed, ordered, waiting) = (Set<String>(), [] as [TableShape], shapes)
        var looped = shapes.filter { $0.references.contains($0.name) }.map(\.name)
        while !waiting.isEmpty {
            let ready = waiting.filter { $0.references.subtracting([$0.name]).isSubset(of: placed) }
            // A circle: break it at its first table.
            let next = ready.isEmpty ? [waiting[0]] : ready
            if ready.isEmpty { looped.append(waiting[0].name) }
            ordered += next
            placed.formUnion(next.map(\.name))
            waiting.removeAll { placed.contains($0.name) }
        }
        (tables, self.looped) = (ordered, looped)
    }
}
