import CPostgres

extension PostgresSession {
    /// Sends what begins the transaction now, where it cannot go with the first statement.
    func open() throws(SQLFailure) {
        guard !opening.isEmpty else { return }
        let commands = opening.joined(separator: "; ")
        opening = []
        try control(commands)
    }

    /// Sends what begins the transaction and the first statement, which `send` gives to libpq, in one round trip: a
    /// pipeline. Returns the statement's answer, or the first of all that is an error.
    func open(with send: () -> Int32) -> OpaquePointer? {
        let commands = opening
        opening = []
        var isSent = PQenterPipelineMode(connection) == 1
        for command in commands where isSent {
            isSent = PQsendQueryParams(connection, command, 0, nil, nil, nil, nil, 0) == 1
        }
        // Without memory or connection: `isUsable` keeps others from a connection that stays in this mode.
        guard isSent, send() == 1, PQpipelineSync(connection) == 1 else { return nil }
        let answer = firstError(orLastOf: commands.count + 1)
        // The answer to the sync itself.
        PQclear(PQgetResult(connection))
        PQexitPipelineMode(connection)
        return answer
    }

    private func firstError(orLastOf count: Int) -> OpaquePointer? {
        var kept: OpaquePointer?
        for _ in 0..<count {
            let result = PQgetResult(connection)
            // A NULL stands behind each answer.
            if result != nil, let extra = PQgetResult(connection) { PQclear(extra) }
            let hasFailed = kept != nil && ![PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(kept))
            PQclear(hasFailed ? result : kept)
            if !hasFailed { kept = result }
        }
        return kept
    }
}
