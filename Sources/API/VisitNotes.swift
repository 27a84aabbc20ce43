import Core
import Synchronization

/// What is found out about a request on its way in: for whoever stands further out, and so that nobody asks twice.
final class VisitNotes: Sendable {
    private let known = Mutex<Caller?>(nil)

    /// Who is asking; `nil` as long as nobody knows.
    var caller: Caller? {
        get { known.withLock { $0 } }
        set { known.withLock { $0 = newValue } }
    }
}
