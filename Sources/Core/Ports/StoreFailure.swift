/// Why the store refused an operation, told in the nouns of the product: nothing was changed.
package enum StoreFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was named does not exist, or belongs to somebody else: the two are not told apart.
    case missing(String)
    /// Something else has that name, or has changed meanwhile.
    case taken(String)

    package var description: String {
        switch self {
        case .missing(let what): "there is no \(what)"
        case .taken(let what): "\(what) is taken already"
        }
    }
}
