import Core
import Site

/// A rendering of a few lines: a page per board and a list, so that publishing is tested without templates.
struct PlainRendering: SiteRendering {
    func render(
        _ snapshot: any SiteSnapshot, after previous: Manifest?, now: Instant, to sink: inout some PageTaking
    ) throws -> Instant? {
        let since = previous?.revision ?? -1
        let boards = try snapshot.ideaboards()
        try sink.emit("/ideaboards/", Array(boards.map(\.title).joined(separator: "\n").utf8))
        let changed = try snapshot.ideaboardTexts(changedAfter: since)
        for board in boards {
            let address = "/ideaboards/\(board.id)/"
            if let text = changed[board.id] {
                try sink.emit(address, Array("\(board.title): \(text)".utf8))
            } else {
                sink.keep(address)
            }
        }
        return nil
    }

    func renderOne(_ address: String, _ snapshot: any SiteSnapshot, now: Instant) throws -> [UInt8]? { nil }

    func renderPublicPages(to sink: inout some PageTaking) throws {
        try sink.emit("/", Array("landing".utf8))
    }
}
