import Core
import CryptoExtras
import Foundation
import NIOPosix
import Synchronization

/// Hashes and checks passwords with scrypt, one at a time on a thread of its own: each takes 0.3 s and 32 MiB.
package final class PasswordHasher: Sendable {
    /// What a busy hasher throws: nothing was computed.
    package struct Busy: Error {}

    /// A hash that no password has, to be checked for unknown accounts so that they take as long as known ones.
    let decoy: PasswordHash

    private let parameters: ScryptParameters
    private let queueLimit: Int
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let waiting = Mutex(0)

    /// At most `queueLimit` callers wait behind the one that is served.
    package init(parameters: ScryptParameters = .standard, queueLimit: Int = 16) {
        (self.parameters, self.queueLimit) = (parameters, queueLimit)
        let noise = StoredScrypt(parameters: parameters, salt: Self.randomBytes(16), hash: Self.randomBytes(32))
        decoy = PasswordHash(encoded: noise.encoded)
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    /// A hash under a new salt, with the parameters in it. Throws `Busy` when too many wait.
    package func hash(_ password: Password) async throws -> PasswordHash {
        let (parameters, salt) = (parameters, Self.randomBytes(16))
        return try await queued {
            let hash = try StoredScrypt.derive(password, salt: salt, parameters: parameters, count: 32)
            return PasswordHash(encoded: StoredScrypt(parameters: parameters, salt: salt, hash: hash).encoded)
        }
    }

    /// Whether the password is the hashed one, with the parameters that stand in the hash. A hash that cannot be read,
    /// or whose parameters would cost too much, matches nothing. Throws `Busy` when too many wait.
    package func verify(_ password: Password, against hash: PasswordHash) async throws -> Bool {
        guard let stored = StoredScrypt(hash.encoded) else { return false }
        return try await queued {
            let (salt, count) = (stored.salt, stored.hash.count)
            let derived = try StoredScrypt.derive(password, salt: salt, parameters: stored.parameters, count: count)
            return ConstantTime.equal(derived, stored.hash)
        }
    }

    private func queued<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isAdmitted = waiting.withLock { waiting in
            guard waiting <= queueLimit else { return false }
            waiting += 1
            return true
        }
        guard isAdmitted else { throw Busy() }
        defer { waiting.withLock { $0 -= 1 } }
        return try await pool.runIfActive(work)
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
    }
}
