import Core

extension ValidationError {
    /// A field that a request must not have; of its name no more is told than anybody needs.
    static func unknown(_ name: String) -> ValidationError {
        ValidationError(field: String(name.prefix(40)), rule: "is not known here")
    }
}
