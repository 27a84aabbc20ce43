import Core

/// Where to go after signing in: a path on this site and nothing else, so that no link can lead people astray.
enum NextAddress {
    /// The field of a form that says where to go afterwards.
    static let field = "next"
    static let fallback = Route.dashboard.path

    /// The address if it is one of ours, `nil` for everything that a browser might read as another site.
    static func validated(_ text: String?) -> String? {
        guard let text, text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= 1024 else { return nil }
        guard text.utf8.dropFirst().first != UInt8(ascii: "/") else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard isPlain, isHarmlessDecoded(text) else { return nil }
        return !text.hasPrefix("/api/") && !text.hasPrefix("/sign-") ? text : nil
    }

    /// Whether it stays a path of this site without control characters for whoever decodes it before following it.
    private static func isHarmlessDecoded(_ text: String) -> Bool {
        guard let decoded = FormText.decoded(text) else { return false }
        let leavesSite = decoded.hasPrefix("//") || decoded.hasPrefix("/\\")
        return !leavesSite && decoded.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    /// The sign-in page that will lead to the address that was asked for.
    static func signIn(for request: PageRequest) -> String {
        let asked = request.path + (request.query.map { "?" + $0 } ?? "")
        guard let next = validated(asked) else { return Route.signIn.path }
        return Route.signIn.path + "?next=" + FormText.encoded(next)
    }

    /// The `next` of the sign-in page's own address.
    static func asked(in query: String?) -> String? {
        guard let query, let fields = try? FormText.fields(Array(query.utf8)) else { return nil }
        return validated(fields["next"])
    }
}
