/// A template's source as a tree, before partials and layouts are put in.
enum Node: Sendable {
    /// Begins a line: the white space before what it shows.
    case margin([UInt8])
    case text([UInt8], line: Int)
    case value(name: String, isRaw: Bool, line: Int)
    case section(Section)
    case partial(Partial)
    case layout(Layout)
    case block(Block)

    struct Section: Sendable {
        let name: String
        let isInverted: Bool
        let line: Int
        var body: [Node]
    }

    struct Partial: Sendable {
        let name: String
        let line: Int
        /// What is put before each line of the partial; nil when the tag stands within a line.
        var indent: [UInt8]?
    }

    /// `{{<name}}…{{/name}}`: another template with some of its blocks replaced.
    struct Layout: Sendable {
        let name: String
        let line: Int
        var indent: [UInt8]?
        var blocks: [Block]
    }

    /// `{{$name}}…{{/name}}`: what may be replaced, or what replaces it.
    struct Block: Sendable {
        let name: String
        let line: Int
        /// The opening tag has a line of its own, so the body begins at the beginning of a line.
        let isStandalone: Bool
        /// The white space before the tag, if it is the first on its line.
        var indent: [UInt8]
        var body: [Node]
    }
}
