/// Tells somebody by mail that their account was changed.
package struct SendNoticeJob: JobRequest, Hashable {
    package static let jobName = "send-notice"

    package enum Kind: String, Codable, Sendable, Hashable {
        case passwordChanged = "password-changed"
        case emailChanged = "email-changed"
    }

    package let user: UserID
    package let kind: Kind
    /// The address to tell, where it is no longer the user's.
    package let recipient: String?

    package init(user: UserID, kind: Kind, recipient: String? = nil) {
        (self.user, self.kind, self.recipient) = (user, kind, recipient)
    }
}
