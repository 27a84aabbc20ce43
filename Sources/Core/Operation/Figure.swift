/// One number that an operator watches, under the name that Prometheus knows it by.
package struct Figure: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case counter, gauge
    }

    /// Letters, digits and underscores, with its unit at the end.
    package let name: String
    package let kind: Kind
    package let labels: [Label]
    package let value: Double

    package struct Label: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }
    }

    package init(_ name: String, _ kind: Kind = .gauge, _ labels: [Label] = [], _ value: Double) {
        (self.name, self.kind, self.labels, self.value) = (name, kind, labels, value)
    }
}

/// Numbers that are looked up when somebody asks for them.
package protocol Measuring: Sendable {
    /// Names it where its figures are missing because it failed.
    var name: String { get }
    func figures(now: Instant) async throws -> [Figure]
}
