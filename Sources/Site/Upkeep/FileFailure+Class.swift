import Core

extension FileFailure: ClassifiedFailure {
    package var failureClass: FailureClass { .transient }
    package var reason: String { "Kapture could not use a file on its disk: \(systemReason)." }
}
