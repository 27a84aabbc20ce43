import Core
import Store

/// Who keeps the promises of the account ports.
package enum AccountBackend: String, CaseIterable, Sendable {
    case memory, store

    /// An empty one; hold on to what comes back beside it.
    package func make() async throws -> (accounts: any AccountKeeping, held: StoreFixture?) {
        switch self {
        case .memory: return (MemoryAccounts(), nil)
        case .store:
            let fixture = try await StoreFixture()
            try fixture.store.deleteUser(fixture.user)
            return (fixture.store, fixture)
        }
    }
}
