/// What a caller can do about a failure.
package enum FailureClass: String, Sendable, Hashable, CaseIterable, Codable {
    /// Likely to pass by itself: try again later.
    case transient
    /// Will fail again in the same way: the request or the answer does not fit.
    case structural
    /// A limit is used up until its period ends.
    case quota
    /// The other side refuses us: a key, a permission or an address policy.
    case blocked
}

/// An error that knows what can be done about it.
package protocol ClassifiedFailure: Error {
    var failureClass: FailureClass { get }
    /// A sentence that a creator understands, without secrets.
    var reason: String { get }
    /// How long the other side asked us to wait.
    var retryAfter: Duration? { get }
}

extension ClassifiedFailure {
    package var retryAfter: Duration? { nil }
}

/// A failed piece of work that involved the outside, told for a creator.
package struct ServiceFailure: ClassifiedFailure, Equatable, CustomStringConvertible {
    /// The stable name of the service, such as `smtp` or `oidc`.
    package let service: String
    package let failureClass: FailureClass
    /// A sentence that a creator understands, without secrets.
    package let reason: String
    /// How long the service asked us to wait.
    package let retryAfter: Duration?

    package init(_ service: String, _ failureClass: FailureClass, _ reason: String, retryAfter: Duration? = nil) {
        (self.service, self.failureClass, self.reason) = (service, failureClass, reason)
        self.retryAfter = retryAfter
    }

    package var description: String { "\(service): \(reason)" }
}

extension ValidationError: ClassifiedFailure {
    package var failureClass: FailureClass { .structural }
    package var reason: String { "\(field) \(rule)." }
}
