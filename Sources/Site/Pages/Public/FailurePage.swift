import Core
import Templates

/// A page that says what happened and what to do: not found, an error, no network, a mail on its way.
package struct FailurePage: AddressedPage {
    package let route: Route
    let frame: PublicPageFrame
    let status: String?
    let heading: String
    let message: String
    let action: NamedLink
    let requestID: String?

    init(
        _ frame: PublicPageFrame, at route: Route, status: Int?, _ words: (heading: String, message: String),
        action: NamedLink, requestID: String? = nil
    ) {
        self.frame = frame.showing(words.heading)
        (self.route, self.action, self.requestID) = (route, action, requestID)
        (heading, message) = words
        self.status = status.map { "\($0)" }
    }

    /// The page for an address that leads nowhere, or to something of somebody else's.
    package static func notFound(frame: PublicPageFrame) -> FailurePage {
        FailurePage(
            frame, at: .notFound, status: 404,
            ("Nothing is here", "The address may be mistyped, or what stood here was deleted."),
            action: NamedLink("Go to the dashboard", .dashboard))
    }

    /// What the service worker shows while there is no network.
    package static func offline(frame: PublicPageFrame) -> FailurePage {
        FailurePage(
            frame, at: .offline, status: nil,
            ("No network", "Kapture cannot be reached from this device right now. Your data is safe where it is."),
            action: NamedLink("Try again", .dashboard))
    }

    /// What everybody sees who asked for a mail, whether or not there is one to send.
    package static func mailSent(frame: PublicPageFrame) -> FailurePage {
        FailurePage(
            frame, at: .mailSent, status: nil,
            (
                "Look into your mail",
                "If that address can be used for this, a mail with a link is on its way. It may take a minute."
            ), action: NamedLink("Sign in", .signIn))
    }

    /// Where a new password cannot be asked for, since this installation sends no mails.
    package static func noReset(frame: PublicPageFrame) -> FailurePage {
        FailurePage(
            frame, at: .reset, status: nil,
            (
                "Ask for a new password",
                "This installation sends no mails. The people who run it can set a new password for you, with "
                    + "“kapture user passwd”."
            ), action: NamedLink("Sign in", .signIn))
    }

    /// An error in the words of its answer; without a request id it is the page that a proxy may show.
    package static func failure(
        frame: PublicPageFrame, status: Int, title: String, message: String, requestID: String? = nil
    ) -> FailurePage {
        FailurePage(
            frame, at: .failure, status: status, (title, message), action: NamedLink("Go to the dashboard", .dashboard),
            requestID: requestID)
    }

    package static var fields: Fields<FailurePage> {
        Fields {
            Field.one("frame") { $0.frame }
            Field.optionalText("status") { $0.status }
            Field.text("heading") { $0.heading }
            Field.text("message") { $0.message }
            Field.one("action") { $0.action }
            Field.optionalText("requestID") { $0.requestID }
        }
    }
}
