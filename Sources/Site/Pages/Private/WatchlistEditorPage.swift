import Core
import Templates

/// The editor of a watchlist: a plain form, with what was typed and what is wrong with it.
package struct WatchlistEditorPage: AddressedPage {
    package let route: Route
    let frame: SitePageFrame
    let heading: String
    let action: Link
    let removal: Link?
    /// The watchlist's id for the preview, which is an address of its own; empty for a new one.
    let id: String
    let name: FormField
    let words: [FormField]
    let bounds: [FormField]
    let platforms: [FormChoice]
    let shorts: [FormChoice]
    let problems: [FormProblem]
    let preview: PreviewPart?

    package init(frame: SitePageFrame, form: WatchlistForm) {
        route = .watchlistEditor(form.id)
        let saved = form.owner.watchlists.first { $0.id == form.id }
        heading = saved.map { "Edit \($0.name)" } ?? "New watchlist"
        self.frame = frame.showing(heading, at: route)
        action = Link(path: (form.id.map { APIRoute.watchlistSave($0) } ?? .watchlists).path)
        removal = saved.map { Link(path: APIRoute.watchlistDelete($0.id).path) }
        id = form.id?.rawValue ?? ""
        name = Self.field(form, "name", "Name", hint: "Such as the topic of your channel.")
        words = [
            Self.field(
                form, "keywords", "Any of", hint: "Words or phrases, with commas between; none lets in everything."),
            Self.field(form, "must_words", "All of", hint: "Every one of them must stand in the post."),
            Self.field(form, "exclusions", "None of", hint: "Posts with one of them stay out."),
        ]
        bounds = [
            Self.field(form, "minimum_views", "At least so many views", type: "number"),
            Self.field(form, "maximum_age_hours", "Not older than, in hours", type: "number"),
            Self.field(form, "minimum_duration", "Not shorter than, in seconds", type: "number"),
            Self.field(form, "maximum_duration", "Not longer than, in seconds", type: "number"),
            Self.field(form, "language", "Language, such as en"),
        ]
        let chosen = Set(form.fields["platforms"] ?? [])
        platforms = Platform.allCases.map {
            FormChoice(value: $0.rawValue, name: $0.name, isChosen: chosen.contains($0.rawValue))
        }
        let rule = form.fields["shorts"]?.first ?? ShortsRule.include.rawValue
        shorts = ShortsRule.allCases.map {
            FormChoice(value: $0.rawValue, name: $0.label, isChosen: $0.rawValue == rule)
        }
        problems = FormProblem.all(form.problems, in: [name] + words + bounds)
        preview = form.preview.map(PreviewPart.init)
    }

    private static func field(
        _ form: WatchlistForm, _ name: String, _ label: String, type: String = "text", hint: String? = nil
    ) -> FormField {
        FormField(
            name: name, label: label, type: type, value: form.fields[name]?.first ?? "", autocomplete: "off",
            isRequired: name == "name", hint: hint
        ).with(form.problems)
    }

    package static var fields: Fields<WatchlistEditorPage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.link("script") { $0.frame.assets.watchlistScript }
            Field.text("heading") { $0.heading }
            Field.link("action") { $0.action }
            Field.optionalLink("removal") { $0.removal }
            Field.text("id") { $0.id }
            Field.one("named") { $0.name }
            Field.list("words") { $0.words }
            Field.list("bounds") { $0.bounds }
            Field.list("platforms") { $0.platforms }
            Field.list("shorts") { $0.shorts }
            Field.flag("hasProblems") { !$0.problems.isEmpty }
            Field.list("problems") { $0.problems }
            Field.optional("preview") { $0.preview }
        }
    }
}

/// One of several values that a form offers.
struct FormChoice: Templated {
    let value: String
    let name: String
    let isChosen: Bool

    static var fields: Fields<FormChoice> {
        Fields {
            Field.text("value") { $0.value }
            Field.text("name") { $0.name }
            Field.flag("isChosen") { $0.isChosen }
        }
    }
}

/// What a rule would let in.
struct PreviewPart: Templated {
    let summary: String
    let samples: [NamedValue]

    init(_ preview: WatchlistPreview) {
        summary =
            "\(Figures.exact(Int64(preview.matching))) of the newest \(Figures.plural(preview.examined, "stored post")) fit."
        samples = preview.samples.map { sample in
            let views = sample.counts.views.map { " · \(Figures.abbreviated($0)) views" } ?? ""
            return NamedValue(sample.post.displayTitle, "\(sample.post.platform.name)\(views)")
        }
    }

    static var fields: Fields<PreviewPart> {
        Fields {
            Field.text("summary") { $0.summary }
            Field.list("samples") { $0.samples }
        }
    }
}

extension ShortsRule {
    fileprivate var label: String {
        switch self {
        case .include: "Short clips too"
        case .exclude: "No short clips"
        case .only: "Only short clips"
        }
    }
}
