/// Which attributes and elements need more than escaping. Names are in lower case.
enum Attributes {
    /// Attributes that hold an address (HTML Standard, index of attributes; old ones that browsers still follow; SVG).
    private static let addresses: Set<String> = [
        "href", "src", "action", "formaction", "poster", "cite", "ping", "srcset", "imagesrcset", "xlink:href",
        "background", "longdesc", "manifest", "usemap", "icon", "codebase", "classid", "archive", "profile", "lowsrc",
        "dynsrc",
    ]

    /// Elements that run, or show as a page, what their address holds, and the one that moves all other addresses.
    private static let codeLoaders: Set<String> = ["script", "iframe", "frame", "embed", "object", "base"]

    /// Elements whose attributes change other attributes, addresses among them.
    private static let animations: Set<String> = ["animate", "animatemotion", "animatetransform", "set"]

    static func isAddress(_ attribute: String, of element: String, _ language: Language) -> Bool {
        addresses.contains(attribute) || attribute == "data" && element == "object"
            || attribute == "url" && language == .xml
    }

    static func loadsCode(_ element: String) -> Bool { codeLoaders.contains(element) }

    /// Why no tag may stand in this attribute, or nil.
    static func refusal(of attribute: String, of element: String) -> String? {
        if attribute.hasPrefix("on") { return "\(attribute)=\"\" is a script" }
        if attribute == "style" { return "style=\"\" is a style sheet: choose a class instead" }
        if attribute == "srcdoc" { return "srcdoc=\"\" is a page of its own" }
        if animations.contains(element) { return "<\(element)> can change any attribute" }
        return nil
    }

    /// Elements whose content is no markup and cannot be escaped.
    static let raw: Set<String> = ["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"]

    /// Elements whose content is text only.
    static let textOnly: Set<String> = ["title", "textarea"]
}
