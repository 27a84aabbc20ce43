import HTTPTypes
import Hummingbird

extension Router<Visit> {
    private static var everyMethod: [HTTPRequest.Method] { [.get, .head] + HTTPRequest.Method.notForPages }

    /// Adds the endpoints behind the gate; HEAD follows GET, and every other method of their addresses is answered with
    /// 405.
    func add(_ endpoints: [Endpoint], behind gate: Gate) {
        for (path, group) in Dictionary(grouping: endpoints, by: \.path) {
            var allowed = group.map(\.method)
            if allowed.contains(.get) { allowed.append(.head) }
            for endpoint in group {
                on(RouterPath(path), method: endpoint.method) { try await gate.answer($0, $1, endpoint) }
            }
            refuse(Self.everyMethod.filter { !allowed.contains($0) }, at: path, allowed: allowed)
        }
    }

    private func refuse(_ methods: [HTTPRequest.Method], at path: String, allowed: [HTTPRequest.Method]) {
        let allow = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        for method in methods {
            on(RouterPath(path), method: method) { _, _ -> Response in throw APIFailure.methodNotAllowed(allow) }
        }
    }
}

extension HTTPRequest.Method {
    /// Every method that anybody uses but those of reading a page.
    static let notForPages: [HTTPRequest.Method] =
        [.post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap { $0 }
}
