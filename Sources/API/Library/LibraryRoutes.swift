import Core
import HTTPTypes

/// Everything a user keeps: listed, searched, and filed into collections and under tags.
struct LibraryRoutes: Sendable {
    let library: any LibraryReading & LibraryWriting
    let boards: any IdeaboardReading
    let now: @Sendable () -> Instant

    var endpoints: [Endpoint] {
        [
            Endpoint(.get, .library, .user(.libraryRead), "What you keep, newest first.", list).failing(.notFound),
            Endpoint(.get, .librarySearch, .user(.libraryRead), "Searches what you keep.", searchLibrary),
            Endpoint(.get, .search, .user(.libraryRead), "Searches all your trends and ideaboards.", searchAll),
            Endpoint(
                .post, .organize, .user(.libraryWrite), "Files several things: collections, tags, state.", organize
            ).failing(.notFound),
            Endpoint(.get, .collections, .user(.libraryRead), "Your collections, in order of name.", collections),
            Endpoint(.post, .collections, .user(.libraryWrite), "Makes a collection.", create)
                .answering(.created).failing(.conflict).again(createAgain),
            Endpoint(.get, .collection(), .user(.libraryRead), "One collection.", read),
            Endpoint(.patch, .collection(), .user(.libraryWrite), "Renames a collection.", rename)
                .failing(.conflict),
            Endpoint(.post, .collectionSave(), .user(.libraryWrite), "Renames a collection, by form.", rename)
                .failing(.conflict).again(renameAgain),
            Endpoint(
                .delete, .collection(), .user(.libraryWrite), "Removes a collection; what it held stays.", remove),
            Endpoint(.post, .collectionDelete(), .user(.libraryWrite), "Removes a collection, by form.", remove),
        ]
    }

    @Sendable func list(_ input: LibraryListInput, _ caller: Caller) async throws -> Answer<[LibraryItem]> {
        Answer(try await library.library(of: caller.userID, input.request, input.paging))
    }

    @Sendable func searchLibrary(_ input: LibrarySearchInput, _ caller: Caller) async throws -> Answer<[LibraryItem]> {
        Answer(try await library.library(of: caller.userID, LibraryRequest(.kept, input.query), input.paging))
    }

    @Sendable func searchAll(_ input: LibrarySearchInput, _ caller: Caller) async throws -> Answer<[LibraryItem]> {
        Answer(try await library.library(of: caller.userID, LibraryRequest(.everything, input.query), input.paging))
    }

    @Sendable func organize(_ input: OrganizeInput, _ caller: Caller) async throws -> Answer<OrganizedItems> {
        let (items, change) = try await library.organize(input.edit, of: caller.userID, now: now())
        return Answer(
            items, change: change, page: input.edit.addTo.map { .collection($0, page: 1) } ?? .library(page: 1))
    }

    @Sendable func collections(_ input: NoInput, _ caller: Caller) async throws -> Answer<[LibraryCollection]> {
        Answer(try await library.collections(of: caller.userID))
    }

    @Sendable func create(_ input: CollectionNameInput, _ caller: Caller) async throws -> Answer<LibraryCollection> {
        let made = try await naming { try await library.createCollection(input.name, of: caller.userID, now: now()) }
        return Answer(made, status: .created)
    }

    @Sendable func read(_ input: CollectionIDInput, _ caller: Caller) async throws -> Answer<LibraryCollection> {
        let found = try await library.collections(of: caller.userID).first { $0.id == input.id }
        guard let found else { throw APIFailure.notFound }
        return Answer(found)
    }

    @Sendable func rename(_ input: CollectionRenameInput, _ caller: Caller) async throws -> Answer<LibraryCollection> {
        Answer(
            try await naming {
                try await library.renameCollection(input.id, to: input.name, of: caller.userID, now: now())
            })
    }

    @Sendable func remove(_ input: CollectionIDInput, _ caller: Caller) async throws -> Answer<Removed> {
        let change = try await library.removeCollection(input.id, of: caller.userID)
        return Answer(Removed(id: input.id.rawValue), change: change, page: .library(page: 1))
    }

    /// A name that keeps every rule of names and cannot be had all the same is a conflict.
    private func naming(_ outcome: () async throws -> CollectionOutcome) async throws -> CollectionOutcome {
        do {
            return try await outcome()
        } catch let taken as ValidationError {
            throw APIFailure.refused([taken], as: .conflict)
        }
    }

    // MARK: Forms that could not be taken

    @Sendable func createAgain(_ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        try await naming(nil, wrong, call)
    }

    @Sendable func renameAgain(_ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        guard let id = call.visit.parameters.get("id").flatMap({ CollectionID(String($0)) }) else { return nil }
        return try await naming(id, wrong, call)
    }

    private func naming(_ id: CollectionID?, _ wrong: WrongForm, _ call: Call) async throws -> PageAnswer? {
        guard let owner = try await boards.owner(of: call) else { return nil }
        return .library(.naming(id, name: wrong["name"], problems: wrong.problems), owner)
    }
}

extension Answer where Value == LibraryCollection {
    /// A form goes on to the collection's page.
    init(_ outcome: CollectionOutcome, status: HTTPResponse.Status = .ok) {
        self.init(
            outcome.collection, status: status, change: outcome.change,
            page: .collection(outcome.collection.id, page: 1))
    }
}
