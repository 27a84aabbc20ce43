import Templates

/// Where the files of `Public/` are served, under their fingerprinted names.
package struct AssetAddresses: Sendable, Hashable {
    package let css: Link
    /// What only the public pages need.
    package let publicCSS: Link
    package let js: Link
    /// What private pages have before it.
    let liveJS: Link
    /// What pages with trends or lists need.
    let listsJS: Link
    /// What pages with a list to filter need.
    let filtersJS: Link
    /// What only the watchlist editor needs.
    let watchlistScript: Link
    package let favicon: Link
    package let touchIcon: Link
    let iconSheet: Link
    /// What only a trend's own page needs.
    let trendCSS: Link
    /// What only pages about ideaboards need.
    let boardsCSS: Link
    let accountJS: Link
    let boardsJS: Link
    /// What only pages of the library need.
    let libraryCSS: Link
    let libraryJS: Link

    /// `address` turns a file's name, such as "app.css", into the path a browser asks for.
    package init(_ address: (String) -> String) {
        css = Link(path: address("app.css"))
        publicCSS = Link(path: address("public.css"))
        js = Link(path: address("app.js"))
        liveJS = Link(path: address("live.js"))
        listsJS = Link(path: address("lists.js"))
        filtersJS = Link(path: address("filters.js"))
        watchlistScript = Link(path: address("watchlist.js"))
        favicon = Link(path: address("favicon.svg"))
        touchIcon = Link(path: address("apple-touch-icon.png"))
        iconSheet = Link(path: address("icons.svg"))
        trendCSS = Link(path: address("trend.css"))
        boardsCSS = Link(path: address("boards.css"))
        accountJS = Link(path: address("account.js"))
        boardsJS = Link(path: address("boards.js"))
        libraryCSS = Link(path: address("library.css"))
        libraryJS = Link(path: address("library.js"))
    }

    /// The files that pages name, all of them in `Public/`.
    package static let names = [
        "app.css", "public.css", "trend.css", "boards.css", "app.js", "live.js", "lists.js", "filters.js",
        "watchlist.js", "boards.js", "library.css", "library.js", "icons.svg", "favicon.svg", "apple-touch-icon.png",
    ]

    /// One symbol of the icon sheet.
    func icon(_ name: String) -> Link { Link(path: "\(iconSheet.text)#\(name)") }
}
