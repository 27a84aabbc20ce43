import Core

extension KaptureServer {
    /// The help page that tells people of every route of this server.
    package func guide() throws(ValidationError) -> ContentPage {
        try APIGuide(
            endpoints: endpoints(), server: settings.publicURL.origin, rateLimit: settings.rateLimit?.count
        ).page()
    }
}
