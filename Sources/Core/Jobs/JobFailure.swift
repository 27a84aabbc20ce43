/// Why an attempt of a job failed.
package struct JobFailure: Error, Sendable, Hashable {
    package let failureClass: FailureClass
    /// A sentence that a creator understands.
    package let reason: String
    /// How long the other side asked us to wait.
    package let retryAfter: Duration?

    package init(_ failureClass: FailureClass, _ reason: String, retryAfter: Duration? = nil) {
        (self.failureClass, self.reason, self.retryAfter) = (failureClass, reason, retryAfter)
    }

    /// Any error as a failure. One that says nothing about itself counts as passing: it is tried again, a bounded
    /// number of times, and told without its details, which only the log holds.
    package init(_ error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let failure as any ClassifiedFailure:
            self.init(failure.failureClass, failure.reason, retryAfter: failure.retryAfter)
        case is DecodingError:
            self.init(.structural, "This job was written by another version of Kapture and cannot be read.")
        default: self.init(.transient, "Something unexpected went wrong inside Kapture. Its log says what.")
        }
    }
}
