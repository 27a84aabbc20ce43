import Core

/// What scrapers and data sets hold beside posts: "nothing found", errors, tables of names.
struct PlaceholderAdapter: PostAdapter {
    let name = "placeholder"

    func recognises(_ item: JSON) -> Bool {
        item.isTrue("noResults") || item["error"] != nil || item["errorCode"] != nil || isNames(item)
    }

    func adapt(_ item: JSON) -> Adapted {
        if item.isTrue("noResults") { return .skipped(reason: "the scraper found nothing") }
        if isNames(item) { return .skipped(reason: "a table of category names, not posts") }
        let message = item.word("errorCode", "error", "errorDescription", "note")
        return .rejected(reason: "the scraper reports \(PlainText.line(message, limit: 120) ?? "an error")")
    }

    /// Numbers as keys, names as values.
    private func isNames(_ item: JSON) -> Bool {
        guard let members = item.object, !members.isEmpty else { return false }
        return members.allSatisfy { Int($0.key) != nil && $0.value.text != nil }
    }
}
