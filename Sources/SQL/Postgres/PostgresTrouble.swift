import CPostgres

/// What last went wrong on a connection, and what that means for the transaction.
struct PostgresTrouble {
    enum Kind {
        /// The work of others got in the way: running the transaction again may succeed.
        case conflict
        /// The connection is gone, and with it the transaction.
        case broken
        /// The connection went while the commit was under way.
        case brokenInCommit
        case other
    }

    let kind: Kind
    let failure: SQLFailure
    /// A migration changed a table under a statement that the server keeps, or the server has forgotten it.
    let isStale: Bool

    init(_ kind: Kind, _ failure: SQLFailure, isStale: Bool = false) {
        (self.kind, self.failure, self.isStale) = (kind, failure, isStale)
    }

    /// Reads the error of a result. SQLSTATE codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
    init(state: String, message: String, isBroken: Bool, place: String) {
        let failure: SQLFailure
        switch state {
        case _ where state.hasPrefix("23"): failure = .constraint(message: message)
        case "40001", "40P01", "55P03": failure = .busy
        case "53100": failure = .full(path: place)
        case _ where isBroken || state.hasPrefix("08") || state.hasPrefix("57P") || state == "53300":
            failure = .unavailable(path: place, reason: message)
        case _ where state.hasPrefix("XX"): failure = .corrupt(reason: message)
        default: failure = .failed(reason: message)
        }
        let isStale = state == "0A000" && message.contains("cached plan") || state == "26000"
        let isConflict = state == "40001" || state == "40P01" || isStale
        self.init(isBroken ? .broken : isConflict ? .conflict : .other, failure, isStale: isStale)
    }
}
