import Core
import Synchronization

/// What is found out about a request on its way in, for whoever stands further out.
final class VisitNotes: Sendable {
    private let known = Mutex<UserID?>(nil)

    /// Who is asking; `nil` as long as nobody knows.
    var user: UserID? {
        get { known.withLock { $0 } }
        set { known.withLock { $0 = newValue } }
    }
}
