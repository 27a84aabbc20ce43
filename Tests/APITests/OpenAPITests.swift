import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import API

@Suite("The OpenAPI document")
struct OpenAPITests {
    private static let methods = ["get", "post", "put", "patch", "delete"]

    private func document(_ harness: Harness) async throws -> JSON {
        try await harness.server.makeApplication().test(.router) { client in
            try await client.get("/api/openapi.json").json
        }
    }

    /// "GET /api/trends/{id}" for each operation.
    private func operations(_ document: JSON) -> Set<String> {
        var names: Set<String> = []
        for (path, item) in document["paths"]?.object ?? [:] {
            for method in item.object?.keys ?? [:].keys { names.insert("\(method.uppercased()) \(path)") }
        }
        return names
    }

    @Test("and the router know the same routes")
    func sameRoutes() async throws {
        let harness = try await Harness { $0.rateLimit = nil }  // Every route with every method is more than 100.
        let documented = operations(try await document(harness))
        let routes = harness.server.router().routes.map { (method: $0.method, path: "\($0.path)") }
            .filter { !PageRoutes.paths.contains($0.path) }
        #expect(documented.count >= 13)
        #expect(documented.isSubset(of: Set(routes.map { "\($0.method.rawValue) \($0.path)" })))

        try await harness.test { client in
            for route in routes where !documented.contains("\(route.method.rawValue) \(route.path)") {
                let isHead = route.method == .head && documented.contains("GET \(route.path)")
                let headers: HTTPFields = [.origin: Harness.origin]
                let path = route.path.replacing("{id}", with: "x")
                let answer = try await client.execute(uri: path, method: route.method, headers: headers) { $0 }
                #expect(isHead || answer.status == .methodNotAllowed, "\(route) is not in the document")
            }
        }
    }

    @Test("refers only to schemas and responses that it has")
    func references() async throws {
        let document = try await document(try await Harness())
        var references: Set<String> = []
        Self.collect(document, &references)
        #expect(references.count > 10)
        for reference in references {
            let parts = reference.dropFirst(2).split(separator: "/").map(String.init)
            let target = parts.reduce(document as JSON?) { $0?[$1] }
            #expect(target != nil, "\(reference) is missing")
        }
    }

    @Test("gives every operation a summary, a name of its own and its failures")
    func operations() async throws {
        let document = try await document(try await Harness())
        let operations = (document["paths"]?.object ?? [:]).values.flatMap { ($0.object ?? [:]).values }
        let names = operations.compactMap { $0["operationId"]?.text }
        #expect(Set(names).count == operations.count)
        for operation in operations {
            #expect(operation["summary"]?.text?.hasSuffix(".") == true)
            let statuses = operation["responses"]?.object?.keys.map { $0 } ?? []
            #expect(statuses.contains { $0.hasPrefix("2") || $0 == "303" } && statuses.contains("500"))
        }
    }

    @Test("has examples that keep to their schemas")
    func examples() async throws {
        let document = try await document(try await Harness())
        let checker = SchemaChecker(document: document)
        for (name, schema) in document["components"]?["schemas"]?.object ?? [:] {
            for example in schema["examples"]?.array ?? [] {
                #expect(checker.problem(example, schema) == nil, "\(name)")
            }
        }
    }

    private static func collect(_ json: JSON, _ references: inout Set<String>) {
        if let reference = json["$ref"]?.text { references.insert(reference) }
        for member in json.object?.values.map({ $0 }) ?? json.array ?? [] { collect(member, &references) }
    }
}
