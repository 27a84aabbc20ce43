/// All templates of a folder, parsed and checked against each other.
package struct TemplateLibrary: Sendable {
    private let sources: [String: TemplateSource]
    private let folder: String

    /// Parses templates from memory: their names (`pages/trends`, `feeds/watchlist.xml`) and sources.
    ///
    /// Refuses what no type could make right: tags that do not match, set delimiters, names from the data, partials and
    /// layouts that do not exist or contain themselves, blocks that their layout does not have. `folder` is only what
    /// failures print before the name.
    package init(files: [String: [UInt8]], folder: String = "Templates") throws(TemplateFailure) {
        var sources: [String: TemplateSource] = [:]
        for (name, source) in files.sorted(by: { $0.key < $1.key }) {
            let file = Self.file(name, in: folder)
            sources[name] = TemplateSource(file: file, nodes: try Parser.nodes(of: source, file: file))
        }
        (self.sources, self.folder) = (sources, folder)
        for name in sources.keys.sorted() { _ = try Expander(sources: sources).pieces(of: name) }
    }

    /// Binds the template `name` to the type it shows: checks every name, the kind of every section, and that every
    /// value is safe where it stands.
    ///
    /// The name decides what is written: `….xml` is XML, `….txt` is text without markup, everything else is HTML.
    package func bind<Page: Templated>(_ name: String, to type: Page.Type) throws(TemplateFailure) -> Template<Page> {
        guard let source = sources[name] else {
            let known = sources.keys.sorted().joined(separator: ", ")
            let reason = "there is no such template; there are: \(known)"
            throw TemplateFailure(file: Self.file(name, in: folder), line: nil, reason: reason, usedBy: [])
        }
        let scope = try Scope(type.fields.table, Place(file: source.file, line: 1))
        var binder = Binder(scope: scope, markup: Markup(language: Language(templateNamed: name)))
        let (step, markup) = try binder.bind(try Expander(sources: sources).pieces(of: name))
        try markup.finish()
        return Template(step: step, depth: binder.depth)
    }

    private static func file(_ name: String, in folder: String) -> String {
        "\(folder)/\(name).mustache"
    }
}
