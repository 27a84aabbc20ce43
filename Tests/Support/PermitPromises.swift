import Core
import Testing

/// What every keeper of permits promises.
package enum PermitPromises {
    package static let window = Instant(seconds: 1_700_000_040)

    /// Of all that ask at once for one permit each, exactly as many get one as there are.
    package static func areExact(_ permits: any PermitLeasing) async throws {
        let demand = PermitDemand("a", in: window, units: 1, limit: 10)
        let granted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<60 { group.addTask { try await permits.lease([demand])[0].units } }
            return try await group.reduce(0, +)
        }
        #expect(granted == 10)
        #expect(try await permits.lease([demand]) == [PermitGrant(units: 0, left: 0)])
    }

    /// Blocks are granted until the limit; the last one is cut to what is left.
    package static func cutTheLastBlock(_ permits: any PermitLeasing) async throws {
        let demand = PermitDemand("a", in: window, units: 10, limit: 25)
        var grants: [PermitGrant] = []
        for _ in 0..<4 { grants += try await permits.lease([demand]) }
        #expect(grants.map(\.units) == [10, 10, 5, 0])
        #expect(grants.map(\.left) == [15, 5, 0, 0])
        #expect(try await permits.lease([PermitDemand("b", in: window, units: 9, limit: 4)])[0].units == 4)
    }

    /// Keys and windows know nothing of each other, and answers come in the order of the questions.
    package static func keepApart(_ permits: any PermitLeasing) async throws {
        let next = window.adding(seconds: 60)
        let demands = [("b", window, 3), ("a", window, 2), ("b", next, 1)].map {
            PermitDemand($0.0, in: $0.1, units: $0.2, limit: 4)
        }
        #expect(try await permits.lease(demands).map(\.units) == [3, 2, 1])
        #expect(try await permits.lease(demands).map(\.units) == [1, 2, 1])
        #expect(try await permits.lease([]) == [])
        try await permits.forgetPermits(before: next)
        #expect(try await permits.lease(demands).map(\.left) == [1, 2, 1])
    }
}
