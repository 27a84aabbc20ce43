/// What the doctor found out about one thing.
struct Finding: Codable, Equatable {
    enum State: String, Codable, Comparable {
        case ok, warning, problem

        private var weight: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .problem: 2
            }
        }

        static func < (left: State, right: State) -> Bool { left.weight < right.weight }
    }

    let subject: String
    let state: State
    let message: String
    /// How to mend it; `nil` when all is well.
    let remedy: String?

    static func ok(_ subject: String, _ message: String) -> Finding {
        Finding(subject: subject, state: .ok, message: message, remedy: nil)
    }

    static func warning(_ subject: String, _ message: String, mend remedy: String) -> Finding {
        Finding(subject: subject, state: .warning, message: message, remedy: remedy)
    }

    static func problem(_ subject: String, _ message: String, mend remedy: String) -> Finding {
        Finding(subject: subject, state: .problem, message: message, remedy: remedy)
    }
}
