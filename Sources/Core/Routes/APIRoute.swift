/// An address of the API, as clients ask for it; each resource adds its own in a file of its own.
///
/// Built from `Identifier.placeholder` it is the pattern that the router and the OpenAPI document know:
/// `/api/trends/{id}`.
package struct APIRoute: Sendable, Hashable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package static let openAPI = APIRoute("/api/openapi.json")
}

extension Identifier {
    /// Stands for any id in the pattern of an address.
    package static var placeholder: Self { Self(rawValue: "{id}") }
}
