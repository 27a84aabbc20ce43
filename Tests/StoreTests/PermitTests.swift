import Store
import TestSupport
import Testing

@Suite("Permits in the database")
struct PermitTests {
    @Test("are exact")
    func exact() async throws {
        try await PermitPromises.areExact(try await StoreFixture().store)
    }

    @Test("come in blocks up to the limit")
    func blocks() async throws {
        try await PermitPromises.cutTheLastBlock(try await StoreFixture().store)
    }

    @Test("are counted by key and window")
    func apart() async throws {
        try await PermitPromises.keepApart(try await StoreFixture().store)
    }
}
