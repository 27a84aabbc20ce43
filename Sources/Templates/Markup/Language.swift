/// What a template writes, by its name: `feeds/watchlist.xml` is XML, `mails/welcome.txt` is text, all else is HTML.
enum Language: Sendable {
    case html, xml, plain

    init(templateNamed name: String) {
        self = name.hasSuffix(".xml") ? .xml : name.hasSuffix(".txt") ? .plain : .html
    }
}

/// A kind of place where a tag may show something.
enum Spot: Equatable {
    /// Between elements.
    case text
    /// In `<title>` or `<textarea>`, which hold text and no elements.
    case textOnly
    /// In a quoted attribute that is not an address.
    case attribute
    /// In a quoted attribute that is an address; `loadsCode` where a script or a page is loaded from it.
    case address(Address.Part, loadsCode: Bool)
    /// In a text template, which has no markup.
    case plain
}
