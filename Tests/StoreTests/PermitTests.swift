import Store
import TestSupport
import Testing

@Suite("Permits in the database")
struct PermitTests {
    @Test("are exact")
    func exact() async throws {
        let fixture = try await StoreFixture()
        try await PermitPromises.areExact(fixture.store)
        withExtendedLifetime(fixture) {}
    }

    @Test("come in blocks up to the limit")
    func blocks() async throws {
        let fixture = try await StoreFixture()
        try await PermitPromises.cutTheLastBlock(fixture.store)
        withExtendedLifetime(fixture) {}
    }

    @Test("are counted by key and window")
    func apart() async throws {
        let fixture = try await StoreFixture()
        try await PermitPromises.keepApart(fixture.store)
        withExtendedLifetime(fixture) {}
    }
}
