import Core
import SQL

extension SQLFailure: ClassifiedFailure {
    package var failureClass: FailureClass {
        switch self {
        case .busy, .unavailable, .full, .failed, .outcomeUnknown: .transient
        case .constraint, .newerSchema, .corrupt, .nulCharacter: .structural
        }
    }

    package var reason: String {
        switch self {
        case .busy, .unavailable, .failed, .outcomeUnknown: "Kapture could not reach its database."
        case .full: "Kapture has no space left on its disk."
        case .constraint: "What was to be written contradicts what is there."
        case .nulCharacter: "What was to be written holds a NUL character, which cannot be stored."
        case .newerSchema, .corrupt: "Kapture cannot use its database."
        }
    }
}

extension StoreFailure: ClassifiedFailure {
    package var failureClass: FailureClass { .structural }
    package var reason: String { "\(description)." }
}
