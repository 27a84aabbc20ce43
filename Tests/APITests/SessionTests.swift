import Core
import Synchronization
import TestSupport
import Testing

@testable import API

@Suite("Session")
struct SessionTests {
    @Test("token is read back from its text, and from nothing else")
    func tokenText() {
        let token = SessionToken.random()
        let text = token.text

        #expect(text.utf8.count == 43)
        #expect(SessionToken(text[...].utf8) == token)
        #expect(SessionToken(text.dropLast().utf8) == nil)
        #expect(SessionToken((text + "A")[...].utf8) == nil)
        #expect(SessionToken((text.dropLast() + "=")[...].utf8) == nil)
        #expect(SessionToken((text.dropLast() + "B")[...].utf8) == nil, "spare bits must be zero")
    }

    @Test(
        "token is found among other cookies",
        arguments: [
            ("kapture=%", true), ("a=b; kapture=%", true), ("a=b;kapture=%;c=d", true),
            ("kapture=bad; kapture=%", true),
            ("xkapture=%", false), ("kapturex=%", false), ("kapture", false), ("", false), (";;=;", false),
            ("a=kapture=%", false), ("__Host-kapture=%", false),
        ])
    func cookie(header: String, isFound: Bool) {
        let token = SessionToken.random()
        let found = SessionCookie(isSecure: false).token(in: header.replacing("%", with: token.text))

        #expect(found == (isFound ? token : nil))
    }

    @Test("is asked of the store at most once a second")
    func memory() async throws {
        let store = CountingAccounts()
        let clock = ManualClock()
        let sessions = Sessions(store, address: try PublicAddress("http://localhost"), now: clock.read)
        let header = "kapture=\(SessionToken.random().text)"

        #expect(sessions.remembered(header) == nil)
        for _ in 0..<3 { #expect(try await sessions.session(header) != nil) }
        #expect(sessions.remembered(header) != nil)
        #expect(store.lookups == 1)
        clock.advance(seconds: 1)
        #expect(sessions.remembered(header) == nil)
        #expect(try await sessions.session(header) != nil)
        #expect(store.lookups == 2)
    }

    @Test("that ends while it is being looked up is not remembered")
    func race() async throws {
        let store = CountingAccounts()
        let sessions = Sessions(store, address: try PublicAddress("http://localhost"), now: ManualClock().read)
        let header = "kapture=\(SessionToken.random().text)"
        store.whileLookingUp { try await sessions.close(header) }

        _ = try await sessions.session(header)
        #expect(sessions.remembered(header) == nil)
    }

    @Test("is not remembered past its end")
    func end() async throws {
        let store = CountingAccounts(lifetime: 500)
        let clock = ManualClock()
        let sessions = Sessions(store, address: try PublicAddress("http://localhost"), now: clock.read)
        let header = "kapture=\(SessionToken.random().text)"

        #expect(try await sessions.session(header) != nil)
        #expect(sessions.remembered(header)?.expiresAt == Instant(milliseconds: clock.read().milliseconds + 500))
        clock.advance(seconds: 1)
        #expect(sessions.remembered(header) == nil)
    }
}

/// Knows every session, counts the lookups, and can let something happen during one.
private final class CountingAccounts: SessionStoring {
    private let state = Mutex<(lookups: Int, meanwhile: (@Sendable () async throws -> Void)?)>((0, nil))
    private let lifetime: Int64

    init(lifetime: Int64 = 1_000_000) {
        self.lifetime = lifetime
    }

    var lookups: Int { state.withLock { $0.lookups } }

    func whileLookingUp(_ work: @escaping @Sendable () async throws -> Void) { state.withLock { $0.meanwhile = work } }

    func session(tokenDigest: [UInt8], now: Instant) async throws -> Session? {
        let meanwhile = state.withLock { state in
            state.lookups += 1
            return state.meanwhile
        }
        try await meanwhile?()
        return Session(
            id: SessionID(rawValue: "s"), userID: UserID(rawValue: "u"), createdAt: now,
            expiresAt: Instant(milliseconds: now.milliseconds + lifetime))
    }

    func deleteSession(tokenDigest: [UInt8]) async throws {}
    func createSession(_ session: Session, tokenDigest: [UInt8]) async throws {}
    func sessions(of user: UserID, now: Instant) async throws -> [Session] { [] }
    func deleteSession(_ id: SessionID, of user: UserID) async throws -> Bool { false }
    func touchSession(_ id: SessionID, now: Instant) async throws {}
}
