extension APIRoute {
    package static let library = APIRoute("/api/library")
    package static let librarySearch = APIRoute("/api/library/search")
    package static let organize = APIRoute("/api/library/organize")
    /// The same over everything, kept or not.
    package static let search = APIRoute("/api/search")
    package static let collections = APIRoute("/api/collections")

    package static func collection(_ id: CollectionID = .placeholder) -> APIRoute {
        APIRoute("/api/collections/\(id)")
    }

    /// For forms, which only post.
    package static func collectionSave(_ id: CollectionID = .placeholder) -> APIRoute {
        APIRoute("/api/collections/\(id)/save")
    }

    package static func collectionDelete(_ id: CollectionID = .placeholder) -> APIRoute {
        APIRoute("/api/collections/\(id)/delete")
    }
}
