/// One template file, parsed.
struct TemplateSource: Sendable {
    /// What failures call it.
    let file: String
    let nodes: [Node]
}
