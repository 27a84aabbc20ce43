import Core
import SQL

extension SQLFailure: PassingFailure {
    package var advice: String? {
        switch self {
        case .busy: "Many others are writing right now. Nothing was changed; try again in a moment."
        case .unavailable: "The database cannot be reached. Nothing was changed; try again in a moment."
        case .outcomeUnknown: "The connection broke while this was saved. Look whether it is there before trying again."
        case .constraint, .full, .newerSchema, .nulCharacter, .corrupt, .failed: nil
        }
    }
}
