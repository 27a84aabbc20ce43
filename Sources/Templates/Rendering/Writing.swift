/// How the place of a tag wants its value written.
enum Writing: Sendable, Equatable {
    /// Text or a quoted attribute of HTML.
    case markup
    /// Text or a quoted attribute of XML 1.0.
    case xml
    /// A part of an address, after its beginning: everything but letters, digits and `-._~` percent-encoded.
    case percent
    /// No markup at all.
    case plain
    /// HTML that is safe already.
    case html
    /// An attribute from which code is loaded: a link of our own, or nothing.
    case ownAddress
}
