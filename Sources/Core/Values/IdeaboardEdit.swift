/// Everything that a user writes on an ideaboard.
package struct IdeaboardDraft: Sendable, Hashable {
    package var title: String
    package var description: String?
    package var content: String
    package var tags: [String]
    package var status: IdeaboardStatus

    package init(
        title: String, description: String? = nil, content: String = "", tags: [String] = [],
        status: IdeaboardStatus = .draft
    ) {
        (self.title, self.description, self.content) = (title, description, content)
        (self.tags, self.status) = (tags, status)
    }

    /// Whether the words are the same, whatever tags and status say.
    package func saysTheSame(as other: IdeaboardDraft) -> Bool {
        title == other.title && description == other.description && content == other.content
    }
}

/// An edit of an ideaboard; what is `nil` stays.
package struct IdeaboardEdit: Sendable, Hashable {
    /// The version of the board that the user had before their eyes.
    package let base: Int64
    package var title: String?
    /// The inner `nil` empties it.
    package var description: String??
    package var content: String?
    package var tags: [String]?
    package var status: IdeaboardStatus?
    /// Saved by itself while the user was typing: such versions are not kept one by one.
    package var isAutosave = false

    package init(base: Int64) {
        self.base = base
    }

    /// Replaces everything.
    package init(base: Int64, _ draft: IdeaboardDraft) {
        (self.base, title, description) = (base, draft.title, .some(draft.description))
        (content, tags, status) = (draft.content, draft.tags, draft.status)
    }

    /// What stands there after this edit.
    package func applied(to draft: IdeaboardDraft) -> IdeaboardDraft {
        let description = description ?? draft.description
        return IdeaboardDraft(
            title: title ?? draft.title, description: description?.isEmpty == true ? nil : description,
            content: content ?? draft.content, tags: tags.map(Tag.unique) ?? draft.tags, status: status ?? draft.status)
    }
}

/// An edit came too late: it was based on a version that somebody, perhaps the same user elsewhere, has changed since.
/// Nothing was changed by it.
package struct IdeaboardConflict: Error, Sendable, Equatable, CustomStringConvertible {
    /// What stands there now.
    package let current: Ideaboard
    /// What the edit would have made of it.
    package let mine: IdeaboardDraft

    package init(current: Ideaboard, mine: IdeaboardDraft) {
        (self.current, self.mine) = (current, mine)
    }

    package var description: String {
        "This board was changed meanwhile: it is at version \(current.version) now. Take one of the two, or join them."
    }
}

/// What an ideaboard said once.
package struct IdeaboardVersion: Sendable, Hashable {
    package let number: Int64
    package let title: String
    package let description: String?
    /// Empty in lists.
    package let content: String
    package let savedAt: Instant

    package init(number: Int64, title: String, description: String?, content: String, savedAt: Instant) {
        (self.number, self.title, self.description) = (number, title, description)
        (self.content, self.savedAt) = (content, savedAt)
    }

    /// How many are kept.
    package static let kept = 50
    /// Autosaves within so many milliseconds become one version.
    package static let autosaveSpan: Int64 = 300_000
}
