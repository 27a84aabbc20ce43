import CryptoExtras
import Foundation

/// How much work a password hash is (RFC 7914): N rounds, block size r, parallelism p.
package struct ScryptParameters: Sendable, Hashable {
    package let rounds: Int
    package let blockSize: Int
    package let parallelism: Int

    /// N = 2^15, r = 8, p = 3: OWASP's recommendation for 32 MiB, measured 0.27 s.
    package static let standard = ScryptParameters(uncheckedRounds: 1 << 15, blockSize: 8, parallelism: 3)

    /// `nil` for what is not a power of two, or would take more than 64 MiB or four times the standard's time.
    package init?(rounds: Int, blockSize: Int, parallelism: Int) {
        guard (2...(1 << 17)).contains(rounds), rounds & (rounds - 1) == 0 else { return nil }
        guard (1...32).contains(blockSize), (1...16).contains(parallelism) else { return nil }
        let (memory, work) = (128 * rounds * blockSize, rounds * blockSize * parallelism)
        guard memory <= 64 << 20, work <= 4 * 24 << 15 else { return nil }
        self.init(uncheckedRounds: rounds, blockSize: blockSize, parallelism: parallelism)
    }

    private init(uncheckedRounds rounds: Int, blockSize: Int, parallelism: Int) {
        (self.rounds, self.blockSize, self.parallelism) = (rounds, blockSize, parallelism)
    }
}

/// A hash as it is stored: `scrypt$N$r$p$salt$hash`, salt and hash in base64.
struct StoredScrypt: Sendable {
    let parameters: ScryptParameters
    let salt: [UInt8]
    let hash: [UInt8]

    init(parameters: ScryptParameters, salt: [UInt8], hash: [UInt8]) {
        (self.parameters, self.salt, self.hash) = (parameters, salt, hash)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt" else { return nil }
        guard let rounds = Int(parts[1]), let size = Int(parts[2]), let parallelism = Int(parts[3]) else { return nil }
        let known = ScryptParameters(rounds: rounds, blockSize: size, parallelism: parallelism)
        let (salt, hash) = (Data(base64Encoded: String(parts[4])), Data(base64Encoded: String(parts[5])))
        guard let known, let salt, let hash else { return nil }
        guard (8...64).contains(salt.count), (16...64).contains(hash.count) else { return nil }
        (parameters, self.salt, self.hash) = (known, Array(salt), Array(hash))
    }

    var encoded: String {
        let numbers = "\(parameters.rounds)$\(parameters.blockSize)$\(parameters.parallelism)"
        return "scrypt$\(numbers)$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    static func derive(
        _ password: Password, salt: [UInt8], parameters: ScryptParameters, count: Int
    ) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password.bytes, salt: salt, outputByteCount: count, rounds: parameters.rounds,
            blockSize: parameters.blockSize, parallelism: parameters.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}
