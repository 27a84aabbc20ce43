/// What a thing in the library is, as queries name it.
package enum LibraryTrait: String, Sendable, Hashable, CaseIterable {
    case trend, board
    case video, image, text, link, short, long
    case new, seen, saved, hidden
    case draft, published, archived
    case shared

    package static let kinds: [LibraryTrait] = [.trend, .board, .video, .image, .text, .link, .short, .long]
    package static let statuses: [LibraryTrait] = [.new, .seen, .saved, .hidden, .draft, .published, .archived]

    package init(_ state: TrendState) {
        switch state {
        case .new: self = .new
        case .seen: self = .seen
        case .saved: self = .saved
        case .hidden: self = .hidden
        }
    }

    package init(_ status: IdeaboardStatus) {
        switch status {
        case .draft: self = .draft
        case .published: self = .published
        case .archived: self = .archived
        }
    }

    package init(_ type: ContentType) {
        switch type {
        case .video: self = .video
        case .image: self = .image
        case .text: self = .text
        case .link: self = .link
        }
    }
}
