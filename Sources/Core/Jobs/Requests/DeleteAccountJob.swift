/// Removes an account with everything that is theirs: rows in bounded pieces, pages, feeds.
package struct DeleteAccountJob: JobRequest, Hashable {
    package static let jobName = "delete-account"

    package let user: UserID

    package init(user: UserID) {
        self.user = user
    }
}
