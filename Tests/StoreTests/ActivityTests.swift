import Core
import Store
import TestSupport
import Testing

@Suite("Active users")
struct ActivityTests {
    @Test("are counted once a day, over 1, 7 and 30 days")
    func counts() async throws {
        let fixture = try await StoreFixture()
        let store = fixture.store
        let others = try await fixture.addUsers(3)
        let today: Int64 = 20_000
        for _ in 0..<2 { try await store.noteActive([fixture.user, others[0]], on: today) }
        try await store.noteActive([fixture.user, others[1]], on: today - 6)
        try await store.noteActive([others[2]], on: today - 7)
        try await store.noteActive([others[2]], on: today - 30)

        #expect(try await store.activeUsers(through: today) == ActiveUsers(day: 2, week: 3, month: 4))
        #expect(try await store.activeUsers(through: today - 8) == ActiveUsers(day: 0, week: 0, month: 1))
        try await store.forgetActivity(before: today - 6)
        #expect(try await store.activeUsers(through: today) == ActiveUsers(day: 2, week: 3, month: 3))
    }

    @Test("who are deleted are forgotten, and break nothing")
    func deleted() async throws {
        let fixture = try await StoreFixture()
        try await fixture.store.noteActive([fixture.user], on: 1)
        try fixture.store.deleteUser(fixture.user)

        try await fixture.store.noteActive([fixture.user], on: 1)
        #expect(try await fixture.store.activeUsers(through: 1) == ActiveUsers(day: 0, week: 0, month: 0))
    }
}

extension StoreFixture {
    fileprivate func addUsers(_ count: Int) async throws -> [UserID] {
        var users: [UserID] = []
        for number in 0..<count {
            let password = PasswordHash(encoded: "scrypt$1$1$1$AA==$AA==")
            let user = NewUser(email: "\(number)@example.com", name: nil, password: password, isOperator: false)
            users.append(try #require(try await store.createUser(user, now: Self.start)))
        }
        return users
    }
}
