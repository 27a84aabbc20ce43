import HTTPTypes

/// Header fields that HTTPTypes does not name. The literals are valid tokens, so the initialisers cannot fail.
extension HTTPField.Name {
    static let clearSiteData = Self("Clear-Site-Data")!
    static let crossOriginOpenerPolicy = Self("Cross-Origin-Opener-Policy")!
    static let crossOriginResourcePolicy = Self("Cross-Origin-Resource-Policy")!
    static let forwarded = Self("Forwarded")!
    static let lastEventID = Self("Last-Event-ID")!
    static let permissionsPolicy = Self("Permissions-Policy")!
    static let rateLimit = Self("RateLimit")!
    static let rateLimitPolicy = Self("RateLimit-Policy")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
    static let traceParent = Self("traceparent")!
    static let traceState = Self("tracestate")!
    static let xAccelBuffering = Self("X-Accel-Buffering")!
    static let xAccelRedirect = Self("X-Accel-Redirect")!
    static let xForwardedFor = Self("X-Forwarded-For")!
    static let xFrameOptions = Self("X-Frame-Options")!
    static let xRealIP = Self("X-Real-IP")!
    static let xRobotsTag = Self("X-Robots-Tag")!
    static let xRequestID = Self("X-Request-Id")!
}
