import CMarkGFM
import Glibc

/// Writes a parsed document as HTML, walking it without recursion.
struct HTMLWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var headings: [MarkdownHeading] = []
    private var slugs = HeadingSlugs()
    /// The levels, as the text has them, of the heading that was last and of those it is under.
    private var outline: [Int] = []
    /// Inside a link or a picture, where no further link may stand.
    private var linkDepth = 0
    private var openLinks: [Bool] = []
    private var column = 0
    private var alignments: [UInt8] = []
    private var isHeaderRow = false
    private var hasBody = false
    private var footnote = 0

    init(reserving count: Int) {
        bytes.reserveCapacity(count)
    }

    /// Walks `document`, which must be a whole parsed document.
    mutating func write(_ document: OpaquePointer) {
        guard let iterator = cmark_iter_new(document) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
            if event == CMARK_EVENT_ENTER { enter(node) } else { leave(node) }
        }
        if footnote > 0 { append("</ol></section>\n") }
    }

    private mutating func enter(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: appendText(literal(node))
        case CMARK_NODE_SOFTBREAK: append("\n")
        case CMARK_NODE_LINEBREAK: append("<br>\n")
        case CMARK_NODE_CODE: wrap("code", literal(node))
        case CMARK_NODE_CODE_BLOCK: codeBlock(node)
        case CMARK_NODE_THEMATIC_BREAK: append("<hr>\n")
        case CMARK_NODE_EMPH: append("<em>")
        case CMARK_NODE_STRONG: append("<strong>")
        case CMARK_NODE_LINK, CMARK_NODE_IMAGE: openLink(node)
        case CMARK_NODE_PARAGRAPH: openParagraph(node)
        case CMARK_NODE_HEADING: openHeading(node)
        case CMARK_NODE_BLOCK_QUOTE: append("<blockquote>\n")
        case CMARK_NODE_LIST: openList(node)
        case CMARK_NODE_ITEM: openItem(node)
        case CMARK_NODE_FOOTNOTE_REFERENCE: footnoteReference(node)
        case CMARK_NODE_FOOTNOTE_DEFINITION: openFootnote()
        default: openExtension(node)
        }
    }

    private mutating func leave(_ node: OpaquePointer) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_EMPH: append("</em>")
        case CMARK_NODE_STRONG: append("</strong>")
        case CMARK_NODE_LINK, CMARK_NODE_IMAGE: closeLink(node)
        case CMARK_NODE_PARAGRAPH: closeParagraph(node)
        case CMARK_NODE_HEADING: closeHeading()
        case CMARK_NODE_BLOCK_QUOTE: append("</blockquote>\n")
        case CMARK_NODE_LIST: append(cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? "</ol>\n" : "</ul>\n")
        case CMARK_NODE_ITEM: append("</li>\n")
        case CMARK_NODE_FOOTNOTE_DEFINITION:
            append("<a href=\"#fnref-\(footnote)\" class=\"back\" aria-label=\"Back to note \(footnote)\">↩</a></li>\n")
        default: closeExtension(node)
        }
    }

    // MARK: Text

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private func literal(_ node: OpaquePointer) -> UnsafePointer<CChar>? { cmark_node_get_literal(node) }

    private mutating func appendText(_ text: UnsafePointer<CChar>?) {
        guard let text else { return }
        let letters = UnsafeRawBufferPointer(start: text, count: strlen(text))
        var copied = 0
        for place in letters.indices where HTMLEscaping.escapes(letters[place]) {
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: letters[copied..<place]))
            HTMLEscaping.append(letters[place], to: &bytes)
            copied = place + 1
        }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: letters[copied...]))
    }

    private mutating func wrap(_ element: String, _ text: UnsafePointer<CChar>?) {
        append("<\(element)>")
        appendText(text)
        append("</\(element)>")
    }

    private mutating func codeBlock(_ node: OpaquePointer) {
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        let language = info.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-#_.".contains($0)) }
        append(language.isEmpty ? "<pre><code>" : "<pre><code class=\"language-\(language.prefix(40))\">")
        appendText(literal(node))
        append("</code></pre>\n")
    }

    // MARK: Links

    private mutating func openLink(_ node: OpaquePointer) {
        let isImage = cmark_node_get_type(node) == CMARK_NODE_IMAGE
        let address = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        let link = linkDepth == 0 ? LinkAddress(address) : nil
        openLinks.append(link != nil)
        linkDepth += 1
        if let link {
            append("<a href=\"")
            link.append(to: &bytes)
            append(link.isRelative ? "\">" : "\" rel=\"nofollow noopener noreferrer\">")
        }
        guard isImage, cmark_node_first_child(node) == nil else { return }
        for byte in address.utf8 { HTMLEscaping.append(byte, to: &bytes) }
    }

    private mutating func closeLink(_ node: OpaquePointer) {
        linkDepth -= 1
        if openLinks.popLast() == true { append("</a>") }
    }

    // MARK: Blocks

    private func isTight(_ node: OpaquePointer) -> Bool {
        guard let item = cmark_node_parent(node), let list = cmark_node_parent(item),
            cmark_node_get_type(list) == CMARK_NODE_LIST
        else { return false }
        return cmark_node_get_list_tight(list) != 0
    }

    private func isTask(_ node: OpaquePointer) -> Bool {
        cmark_node_get_type(node) == CMARK_NODE_ITEM && kind(node) == "tasklist"
    }

    /// A task's box and text are one label.
    private func isTaskText(_ node: OpaquePointer) -> Bool {
        guard let item = cmark_node_parent(node), isTask(item) else { return false }
        return cmark_node_first_child(item) == node
    }

    private mutating func openParagraph(_ node: OpaquePointer) {
        if !isTight(node) { append("<p>") }
        guard isTaskText(node), let item = cmark_node_parent(node) else { return }
        let checked = cmark_gfm_extensions_get_tasklist_item_checked(item) ? " checked" : ""
        append("<label><input type=\"checkbox\" disabled\(checked)> ")
    }

    private mutating func closeParagraph(_ node: OpaquePointer) {
        if isTaskText(node) { append("</label>") }
        append(isTight(node) ? "\n" : "</p>\n")
    }

    /// Headings stand one level below those that they are under, whatever levels the text skips: readers who go from
    /// heading to heading miss nothing.
    private mutating func openHeading(_ node: OpaquePointer) {
        let written = Int(cmark_node_get_heading_level(node))
        outline.removeAll { $0 >= written }
        outline.append(written)
        let text = plainText(of: node)
        let heading = MarkdownHeading(level: min(6, outline.count + 1), id: slugs.unique(text), text: text)
        headings.append(heading)
        append("<h\(heading.level) id=\"\(heading.id)\">")
    }

    private mutating func closeHeading() {
        append("</h\(headings.last?.level ?? 2)>\n")
    }

    private func plainText(of node: OpaquePointer) -> String {
        guard let iterator = cmark_iter_new(node) else { return "" }
        defer { cmark_iter_free(iterator) }
        var text = ""
        while cmark_iter_next(iterator) != CMARK_EVENT_DONE {
            guard let inner = cmark_iter_get_node(iterator), cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER
            else {
                continue
            }
            let type = cmark_node_get_type(inner)
            if type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE {
                text += literal(inner).map { String(cString: $0) } ?? ""
            }
            if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK { text += " " }
        }
        return text
    }

    private mutating func openList(_ node: OpaquePointer) {
        guard cmark_node_get_list_type(node) == CMARK_ORDERED_LIST else { return append("<ul>\n") }
        let start = cmark_node_get_list_start(node)
        append(start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n")
    }

    private mutating func openItem(_ node: OpaquePointer) {
        guard isTask(node) else { return append("<li>") }
        append("<li class=\"task\">")
        let first = cmark_node_first_child(node)
        if first == nil || cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH {
            let checked = cmark_gfm_extensions_get_tasklist_item_checked(node) ? " checked" : ""
            append("<input type=\"checkbox\" disabled\(checked) aria-label=\"Task\">")
        }
    }

    // MARK: Footnotes

    private mutating func footnoteReference(_ node: OpaquePointer) {
        let number = literal(node).map { String(cString: $0) } ?? ""
        guard let index = Int(number) else { return appendText(literal(node)) }
        guard linkDepth == 0 else { return append("<sup>\(index)</sup>") }
        // The first reference is the one that the note leads back to.
        let id = seenNotes.contains(index) ? "" : " id=\"fnref-\(index)\""
        seenNotes.insert(index)
        append("<sup\(id)><a href=\"#fn-\(index)\" aria-label=\"Note \(index)\">\(index)</a></sup>")
    }

    private var seenNotes: Set<Int> = []

    private mutating func openFootnote() {
        if footnote == 0 { append("<section class=\"notes\" aria-label=\"Notes\"><ol>\n") }
        footnote += 1
        append("<li id=\"fn-\(footnote)\">")
    }

    // MARK: Extensions

    private func kind(_ node: OpaquePointer) -> String {
        cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
    }

    private mutating func openExtension(_ node: OpaquePointer) {
        switch kind(node) {
        case "strikethrough": append("<del>")
        case "table":
            let count = Int(cmark_gfm_extensions_get_table_columns(node))
            let found = cmark_gfm_extensions_get_table_alignments(node)
            alignments = found.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
            hasBody = false
            append("<div class=\"table\"><table>\n")
        case "table_header", "table_row":
            column = 0
            isHeaderRow = cmark_gfm_extensions_get_table_row_is_header(node) != 0
            if !isHeaderRow, !hasBody {
                hasBody = true
                append("<tbody>\n")
            }
            append(isHeaderRow ? "<thead>\n<tr>" : "<tr>")
        case "table_cell": openCell()
        default: break
        }
    }

    private mutating func openCell() {
        let mark = column < alignments.count ? alignments[column] : 0
        let classes: [UInt8: String] = [UInt8(ascii: "c"): " class=\"center\"", UInt8(ascii: "r"): " class=\"right\""]
        column += 1
        append("<\(isHeaderRow ? "th scope=\"col\"" : "td")\(classes[mark] ?? "")>")
    }

    private mutating func closeExtension(_ node: OpaquePointer) {
        switch kind(node) {
        case "strikethrough": append("</del>")
        case "table": append(hasBody ? "</tbody>\n</table></div>\n" : "</table></div>\n")
        case "table_header", "table_row": append(isHeaderRow ? "</tr>\n</thead>\n" : "</tr>\n")
        case "table_cell": append(isHeaderRow ? "</th>" : "</td>")
        default: break
        }
    }
}
