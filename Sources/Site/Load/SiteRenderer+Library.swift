import Core
import Templates

extension SiteRenderer {
    /// A page about the library that cannot be a file.
    func render(_ answer: LibraryAnswer, for owner: PageOwner, into bytes: inout [UInt8]) {
        let templates = sources.templates
        let frame = sources.frame(for: owner.user, owner.watchlists)
        switch answer {
        case .results(let results):
            let page = LibraryPage.results(frame: frame, results, drawnBy: templates.card)
            templates.library.render(page, into: &bytes)
        case .naming(let id, let name, let problems):
            let page = CollectionFormPage(frame: frame, collection: id, name: name, problems: problems)
            templates.collectionForm.render(page, into: &bytes)
        }
    }
}
