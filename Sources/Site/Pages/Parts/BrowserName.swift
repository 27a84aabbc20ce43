/// What people call the browser that calls itself something longer.
enum BrowserName {
    /// Ordered: each later one is claimed by those before it, too.
    private static let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]

    /// Such as "Firefox on Linux"; of others the first letters of what they say.
    static func of(_ userAgent: String?) -> String {
        guard let said = userAgent?.visibleLine(60) else { return "A program without a name" }
        let text = userAgent ?? said
        guard let browser = browsers.first(where: { text.contains($0.0) }) else { return said }
        guard let system = systems.first(where: { text.contains($0.0) }) else { return browser.1 }
        return "\(browser.1) on \(system.1)"
    }
}
