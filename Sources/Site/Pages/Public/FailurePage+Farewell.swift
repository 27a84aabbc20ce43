import Core
import Templates

extension FailurePage {
    /// How far the removal of an account is.
    package static func farewell(frame: PublicPageFrame, job: JobID, status: JobStatus) -> FailurePage {
        let (words, action) = farewell(job, status)
        return FailurePage(frame, at: .farewell(job), status: nil, words, action: action)
    }

    private static func farewell(
        _ job: JobID, _ status: JobStatus
    ) -> ((heading: String, message: String), NamedLink) {
        switch status {
        case .completed:
            (
                (
                    "Your account is deleted",
                    "Your pages, watchlists, trends, ideaboards and tokens are gone from this installation."
                ), NamedLink("Home", .landing)
            )
        case .pending, .processing:
            (
                (
                    "Your account is being deleted",
                    "Nobody can sign in to it any more. What is left of it is removed now, also when you leave this page."
                ), NamedLink("Look again", .farewell(job))
            )
        case .failed, .cancelled:
            (
                (
                    "Your account is not deleted yet",
                    "Nobody can sign in to it any more, but removing the rest has stopped. The people who run this "
                        + "installation can see why."
                ), NamedLink("Look again", .farewell(job))
            )
        }
    }
}
