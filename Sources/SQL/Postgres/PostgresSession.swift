import CPostgres

/// One connection over blocking libpq, with the statements that the server keeps for it.
///
/// `@unchecked Sendable`: libpq lets a connection move between threads as long as one uses it at a time, and the pool lends
/// a session to one borrower at a time.
final class PostgresSession: @unchecked Sendable {
    let connection: OpaquePointer
    private let place: String
    private let keepsStatements: Bool
    private var statements = PostgresStatements()
    /// How many cursors and savepoints this transaction has named.
    private var names = 0
    /// Since the transaction began: the first error, and whether a statement of the body was answered.
    var trouble: PostgresTrouble?
    private(set) var hasAnswered = false
    /// What begins the transaction, sent together with its first statement.
    var opening: [String] = []
    /// Whether the end of a transaction was sent, and its answer is not read yet.
    var endsLater = false
    /// The server has ended this connection.
    private var isLost = false
    /// A kept statement no longer fits its tables.
    private var isStale = false

    /// Statements with more values are lists of some length: hardly ever the same again.
    private static let mostKeptValues = 64

    init(_ address: PostgresAddress) throws(SQLFailure) {
        connection = try PostgresSession.connect(address)
        place = address.name
        keepsStatements = !address.isPooled
    }

    deinit { PQfinish(connection) }

    /// Whether the next borrower can begin a transaction on it.
    var isUsable: Bool {
        guard !isLost, PQstatus(connection) == CONNECTION_OK else { return false }
        return endsLater || (isIdle && PQpipelineStatus(connection) == PQ_PIPELINE_OFF)
    }

    var isIdle: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

    var isInFailedTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_INERROR }

    // MARK: Statements

    /// Runs one statement with its values.
    func run(_ query: Query) throws(SQLFailure) -> PostgresResult {
        let parameters = try PostgresParameters(query)
        guard keepsStatements, query.values.count <= Self.mostKeptValues else {
            return try runOnce(PostgresText.numbered(query.text), parameters)
        }
        let name = try prepared(query.text, parameters.types)
        let (connection, count) = (connection, Int32(parameters.types.count))
        let answer = parameters.withPointers { given in
            guard opening.isEmpty else {
                return open {
                    PQsendQueryPrepared(connection, name, count, given.values, given.lengths, given.formats, 1)
                }
            }
            return PQexecPrepared(connection, name, count, given.values, given.lengths, given.formats, 1)
        }
        return try checked(answer)
    }

    /// Runs one statement that the server need not keep.
    func runOnce(_ text: String, _ parameters: PostgresParameters) throws(SQLFailure) -> PostgresResult {
        let (connection, types, count) = (connection, parameters.types, Int32(parameters.types.count))
        let answer = parameters.withPointers { given in
            guard opening.isEmpty else {
                return open {
                    PQsendQueryParams(connection, text, count, types, given.values, given.lengths, given.formats, 1)
                }
            }
            return PQexecParams(connection, text, count, types, given.values, given.lengths, given.formats, 1)
        }
        return try checked(answer)
    }

    /// Runs statements of our own without values, such as `COMMIT`; several may stand together, and one answer comes back.
    @discardableResult
    func control(_ text: String) throws(SQLFailure) -> PostgresResult {
        try checked(PQexec(connection, text), isAnswer: false)
    }

    /// The name of the kept statement with this text, prepared now when it is new or its values have other types.
    private func prepared(_ text: String, _ types: [Oid]) throws(SQLFailure) -> String {
        let known = statements[text]
        if let known, known.fits(types) { return known.name }
        let wanted = zip(types, known?.types ?? types).map { $0 == 0 ? $1 : $0 }
        let name = statements.makeName()
        _ = try checked(
            PQprepare(connection, name, PostgresText.numbered(text), Int32(wanted.count), wanted), isAnswer: false)
        var settled = wanted
        if wanted.contains(0) {
            settled = try checked(PQdescribePrepared(connection, name), isAnswer: false).parameterTypes
        }
        for leaving in statements.insert(name, types: settled, for: text) { try control("DEALLOCATE \(leaving)") }
        return name
    }

    /// Reads a result in parts, through a cursor.
    func stream(_ query: Query, _ body: (PostgresRow) throws -> Void) throws {
        names += 1
        let name = "rows\(names)"
        let declaration = "DECLARE \(name) NO SCROLL CURSOR FOR \(PostgresText.numbered(query.text))"
        _ = try runOnce(declaration, try PostgresParameters(query))
        while true {
            let part = try runOnce("FETCH 500 FROM \(name)", try PostgresParameters(""))
            for index in 0..<part.count { try body(part.row(index)) }
            if part.count < 500 { break }
        }
        try control("CLOSE \(name)")
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        names += 1
        let name = "part\(names)"
        try open()
        try control("SAVEPOINT \(name)")
        do {
            let value = try body()
            try control("RELEASE \(name)")
            return value
        } catch {
            guard trouble == nil || trouble?.kind == .other else { throw error }
            try control("ROLLBACK TO \(name); RELEASE \(name)")
            trouble = nil
            throw error
        }
    }

    // MARK: Answers

    /// Before each use: reads what is left from the use before. False when the connection is no good any more.
    func settle() -> Bool {
        (trouble, hasAnswered, names, opening) = (nil, false, 0, [])
        while endsLater, let result = PQgetResult(connection) { PQclear(result) }
        endsLater = false
        if isStale {
            PQclear(PQexec(connection, "DEALLOCATE ALL"))
            statements.removeAll()
            isStale = false
        }
        return isUsable
    }

    /// The result, or its error, which `trouble` then remembers.
    private func checked(_ pointer: OpaquePointer?, isAnswer: Bool = true) throws(SQLFailure) -> PostgresResult {
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            if isAnswer { hasAnswered = true }
            // libpq gives no result without memory only, which it reports as another status.
            return PostgresResult(pointer!)
        default:
            let found = note(pointer)
            PQclear(pointer)
            throw found.failure
        }
    }

    private func note(_ pointer: OpaquePointer?) -> PostgresTrouble {
        func field(_ code: Character) -> String? {
            PQresultErrorField(pointer, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        let message = field("M") ?? String(cString: PQerrorMessage(connection))
        let isBroken = PQstatus(connection) == CONNECTION_BAD || ["FATAL", "PANIC"].contains(field("V"))
        let found = PostgresTrouble(
            state: field("C") ?? "", message: message.trimmingNewline, isBroken: isBroken, place: place)
        isLost = isLost || isBroken
        isStale = isStale || found.isStale
        // The first error is the reason; later ones only say that the transaction is aborted.
        trouble = trouble ?? found
        return found
    }
}

extension String {
    /// libpq ends its messages with a newline.
    var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
