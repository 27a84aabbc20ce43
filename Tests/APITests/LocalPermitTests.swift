import TestSupport
import Testing

@testable import API

@Suite("Permits of one process")
struct LocalPermitTests {
    @Test("are exact")
    func exact() async throws { try await PermitPromises.areExact(LocalPermits()) }

    @Test("come in blocks up to the limit")
    func blocks() async throws { try await PermitPromises.cutTheLastBlock(LocalPermits()) }

    @Test("are counted by key and window")
    func apart() async throws { try await PermitPromises.keepApart(LocalPermits()) }
}
