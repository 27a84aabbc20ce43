import Core
import Testing

@testable import API

@Suite("Password hasher")
struct PasswordHasherTests {
    @Test("knows the password it hashed and no other, under a new salt each time")
    func roundTrip() async throws {
        let hasher = PasswordHasher(parameters: .cheap)
        let password = try Password("correct horse")

        let (first, second) = try await (hasher.hash(password), hasher.hash(password))
        #expect(first != second)
        #expect(first.encoded.hasPrefix("scrypt$16$1$1$"))
        #expect(try await hasher.verify(password, against: first))
        #expect(try await !hasher.verify(Password("correct horsf"), against: first))
        #expect(try await !hasher.verify(password, against: hasher.decoy))
    }

    /// Source: RFC 7914, section 12, third vector.
    @Test("computes scrypt as RFC 7914 says")
    func vector() throws {
        let parameters = try #require(ScryptParameters(rounds: 16_384, blockSize: 8, parallelism: 1))
        let (password, salt) = (try Password("pleaseletmein"), Array("SodiumChloride".utf8))

        let hash = try StoredScrypt.derive(password, salt: salt, parameters: parameters, count: 32)
        let text = hash.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(text == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("reads the parameters from the hash, whatever its own are")
    func otherParameters() async throws {
        let old = try #require(ScryptParameters(rounds: 32, blockSize: 2, parallelism: 2))
        let hash = try await PasswordHasher(parameters: old).hash(Password("correct horse"))

        #expect(try await PasswordHasher(parameters: .cheap).verify(Password("correct horse"), against: hash))
    }

    @Test(
        "matches nothing against a hash it cannot read or will not afford",
        arguments: [
            "", "scrypt", "scrypt$16$1$1$c2FsdHNhbHQ=", "bcrypt$16$1$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
            "scrypt$15$1$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
            "scrypt$-16$1$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==",
            "scrypt$1048576$8$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==", "scrypt$131072$8$16$c2FsdHNhbHQ=$aGFzaA==",
            "scrypt$16$1$1$c2FsdHNhbHQ=$", "scrypt$16$1$1$!$aGFzaGhhc2hoYXNoaGFzaA==",
            "scrypt$16$1$1$c2FsdHNhbHQ=$aGFzaGhhc2hoYXNoaGFzaA==$",
        ])
    func unreadable(encoded: String) async throws {
        let hasher = PasswordHasher(parameters: .cheap)

        #expect(try await !hasher.verify(Password("correct horse"), against: PasswordHash(encoded: encoded)))
    }

    @Test("turns away whoever comes when the queue is full")
    func queue() async throws {
        let parameters = try #require(ScryptParameters(rounds: 4096, blockSize: 8, parallelism: 1))
        let hasher = PasswordHasher(parameters: parameters, queueLimit: 2)
        let password = try Password("correct horse")

        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 { group.addTask { (try? await hasher.hash(password)) != nil } }
            return await group.reduce(into: [Bool: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(results[true, default: 0] >= 3)
        #expect(results[false, default: 0] >= 1)
        #expect(try await hasher.hash(password).encoded.hasPrefix("scrypt$4096$8$1$"))
        #expect(PasswordHasher().decoy.encoded.hasPrefix("scrypt$32768$8$3$"))
    }
}
