/// Sends the mail that a link was asked for with. The token is made when it is sent, so that it is stored nowhere.
package struct SendLinkJob: JobRequest, Hashable {
    package static let jobName = "send-link"

    package let link: MailLinkID

    package init(link: MailLinkID) {
        self.link = link
    }
}
