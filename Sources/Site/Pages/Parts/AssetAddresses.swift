import Templates

/// Where the files of `Public/` are served, under their fingerprinted names.
package struct AssetAddresses: Sendable, Hashable {
    package let css: Link
    package let js: Link
    package let favicon: Link
    package let touchIcon: Link
    let iconSheet: Link
    /// What only pages about ideaboards load.
    let boardsCSS: Link
    let boardsJS: Link

    /// `address` turns a file's name, such as "app.css", into the path a browser asks for.
    package init(_ address: (String) -> String) {
        css = Link(path: address("app.css"))
        js = Link(path: address("app.js"))
        favicon = Link(path: address("favicon.svg"))
        touchIcon = Link(path: address("apple-touch-icon.png"))
        iconSheet = Link(path: address("icons.svg"))
        boardsCSS = Link(path: address("boards.css"))
        boardsJS = Link(path: address("boards.js"))
    }

    /// The files that pages name, all of them in `Public/`.
    package static let names = [
        "app.css", "app.js", "boards.css", "boards.js", "icons.svg", "favicon.svg", "apple-touch-icon.png",
    ]

    /// One symbol of the icon sheet.
    func icon(_ name: String) -> Link { Link(path: "\(iconSheet.text)#\(name)") }
}
