/// An answer about the library that cannot be a file.
package enum LibraryAnswer: Sendable, Equatable {
    case results(LibraryResults)
    /// The form for a new collection, or for another name of one, with what is wrong with it.
    case naming(CollectionID?, name: String, problems: [ValidationError])
}

/// What a search found, or why it could not look.
package struct LibraryResults: Sendable, Equatable {
    package let scope: LibraryRequest.Scope
    /// As it was typed.
    package let text: String
    package let items: [LibraryItem]
    package let total: Int64
    package let paging: Paging
    /// In order of name.
    package let collections: [LibraryCollection]
    package let problem: ValidationError?

    package init(
        _ scope: LibraryRequest.Scope, text: String, found: ListPage<LibraryItem>, collections: [LibraryCollection],
        problem: ValidationError? = nil
    ) {
        (self.scope, self.text, self.problem, self.collections) = (scope, text, problem, collections)
        (items, total, paging) = (found.items, found.total, found.paging)
    }
}
