import HTTPTypes

/// The header fields that every answer carries, errors and redirects included.
struct SecurityHeaders: Sendable {
    let fields: HTTPFields
    /// For `/shared/`: what strangers published runs in a sandbox of its own.
    /// Search engines stay out of it.
    let sandboxed: HTTPFields

    init(isSecure: Bool) {
        fields = Self.make(policy: Self.policy, isSecure: isSecure)
        var sandboxed = Self.make(policy: Self.policy + "; sandbox", isSecure: isSecure)
        sandboxed[.xRobotsTag] = "noindex"
        self.sandboxed = sandboxed
    }

    /// Adds what is missing; a policy that the answer brought itself stays.
    func add(to headers: inout HTTPFields) {
        for field in fields where !headers.contains(field.name) { headers.append(field) }
    }

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static func make(policy: String, isSecure: Bool) -> HTTPFields {
        var fields: HTTPFields = [
            .contentSecurityPolicy: policy,
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "same-origin",
            .permissionsPolicy: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            .crossOriginOpenerPolicy: "same-origin",
            .xFrameOptions: "DENY",
        ]
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        return fields
    }
}
